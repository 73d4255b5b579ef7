#if !__has_include(<cblas.h>)
#error "OpenBLAS headers not found: run ./setup.sh, or install libopenblas-dev"
#endif
#include <cblas.h>
