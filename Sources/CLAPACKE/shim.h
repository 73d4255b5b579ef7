#if !__has_include(<lapacke.h>)
#error "LAPACKE headers not found: run ./setup.sh, or install liblapacke-dev"
#endif
#include <lapacke.h>
