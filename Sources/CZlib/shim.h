#if !__has_include(<zlib.h>)
#error "zlib headers not found: run ./setup.sh, or install zlib1g-dev"
#endif
#include <zlib.h>
