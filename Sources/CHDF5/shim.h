#if !__has_include(<hdf5.h>)
#error "HDF5 headers not found: run ./setup.sh, or install libhdf5-dev"
#endif
#include <hdf5.h>
#include <hdf5_hl.h>
