// What Swift cannot import from the HDF5 headers: their macros that call H5open() before naming a
// global, and the functions whose names are macros for one of several versions.

#if !__has_include(<hdf5.h>)
#error "HDF5 headers not found: run ./setup.sh, or install libhdf5-dev"
#endif
#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#define DYN_H5_VALUE(type, macro) \
  static inline type dyn_##macro(void) { return macro; }

// MARK: Element types

DYN_H5_VALUE(hid_t, H5T_NATIVE_DOUBLE)
DYN_H5_VALUE(hid_t, H5T_NATIVE_FLOAT)
DYN_H5_VALUE(hid_t, H5T_NATIVE_INT8)
DYN_H5_VALUE(hid_t, H5T_NATIVE_INT16)
DYN_H5_VALUE(hid_t, H5T_NATIVE_INT32)
DYN_H5_VALUE(hid_t, H5T_NATIVE_INT64)
DYN_H5_VALUE(hid_t, H5T_NATIVE_UINT8)
DYN_H5_VALUE(hid_t, H5T_NATIVE_UINT16)
DYN_H5_VALUE(hid_t, H5T_NATIVE_UINT32)
DYN_H5_VALUE(hid_t, H5T_NATIVE_UINT64)
DYN_H5_VALUE(hid_t, H5T_IEEE_F64LE)
DYN_H5_VALUE(hid_t, H5T_IEEE_F32LE)
DYN_H5_VALUE(hid_t, H5T_STD_I8LE)
DYN_H5_VALUE(hid_t, H5T_STD_I16LE)
DYN_H5_VALUE(hid_t, H5T_STD_I32LE)
DYN_H5_VALUE(hid_t, H5T_STD_I64LE)
DYN_H5_VALUE(hid_t, H5T_STD_U8LE)
DYN_H5_VALUE(hid_t, H5T_STD_U16LE)
DYN_H5_VALUE(hid_t, H5T_STD_U32LE)
DYN_H5_VALUE(hid_t, H5T_STD_U64LE)
DYN_H5_VALUE(hid_t, H5T_STD_REF_OBJ)
DYN_H5_VALUE(hid_t, H5T_C_S1)
DYN_H5_VALUE(size_t, H5T_VARIABLE)

// MARK: Property lists, flags, sizes

DYN_H5_VALUE(hid_t, H5P_FILE_CREATE)
DYN_H5_VALUE(hid_t, H5P_FILE_ACCESS)
DYN_H5_VALUE(hid_t, H5P_GROUP_CREATE)
DYN_H5_VALUE(hid_t, H5P_GROUP_ACCESS)
DYN_H5_VALUE(hid_t, H5P_DATASET_CREATE)
DYN_H5_VALUE(hid_t, H5P_DATASET_ACCESS)
DYN_H5_VALUE(hid_t, H5P_DATASET_XFER)
DYN_H5_VALUE(hid_t, H5P_LINK_CREATE)
DYN_H5_VALUE(hid_t, H5P_LINK_ACCESS)
DYN_H5_VALUE(hid_t, H5P_ATTRIBUTE_CREATE)
DYN_H5_VALUE(unsigned, H5F_ACC_RDONLY)
DYN_H5_VALUE(unsigned, H5F_ACC_RDWR)
DYN_H5_VALUE(unsigned, H5F_ACC_TRUNC)
DYN_H5_VALUE(unsigned, H5F_ACC_EXCL)
DYN_H5_VALUE(unsigned, H5F_ACC_SWMR_READ)
DYN_H5_VALUE(hsize_t, H5S_UNLIMITED)

// MARK: Functions

// Stops the library from printing its errors on this thread, whose error stack is its own.
static inline void dyn_silence_errors(void) {
  static _Thread_local int silenced = 0;
  if (!silenced) silenced = H5Eset_auto2(H5E_DEFAULT, NULL, NULL) >= 0;
}

// Whether the link `name` leads out of the file (1), does not (0), or cannot be asked (negative).
static inline int dyn_link_is_external(hid_t group, const char *name) {
  H5L_info_t info;
  if (H5Lget_info(group, name, &info, H5P_DEFAULT) < 0) return -1;
  return info.type != H5L_TYPE_HARD && info.type != H5L_TYPE_SOFT;
}

// Where in its file an object lies; two names with one address are one object.
static inline int dyn_object_address(hid_t object, haddr_t *address) {
#if H5_VERSION_GE(1, 12, 0)
  H5O_info1_t info;
#else
  H5O_info_t info;
#endif
  if (H5Oget_info2(object, &info, H5O_INFO_BASIC) < 0) return -1;
  *address = info.addr;
  return 0;
}

// Keeps programs that this one starts from inheriting the file, and with it the lock on it.
static inline void dyn_close_on_exec(hid_t file) {
  void *handle = NULL;
  if (H5Fget_vfd_handle(file, H5P_DEFAULT, &handle) >= 0 && handle)
    (void)fcntl(*(int *)handle, F_SETFD, FD_CLOEXEC);
}
