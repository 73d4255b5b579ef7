#!/bin/sh
# Installs what dyn needs and is missing: OpenBLAS, LAPACKE and HDF5 with their headers,
# zlib, pkg-config, and gnuplot for the pictures. Takes no time when everything is there.
#   --data  installs Fashion-MNIST as well (31 MB, MIT licence, Zalando), for scenarios/rainbow
set -eu

packages="libopenblas-dev liblapacke-dev libhdf5-dev zlib1g-dev pkg-config gnuplot-nox"
data=""
case "${1-}" in
  "") ;;
  --data) data=yes ;;
  *) echo "setup.sh knows --data, not $1" >&2; exit 2 ;;
esac

missing=""
if command -v pkg-config >/dev/null 2>&1; then
  for pair in openblas:libopenblas-dev lapacke:liblapacke-dev hdf5-serial:libhdf5-dev \
    zlib:zlib1g-dev; do
    pkg-config --exists "${pair%%:*}" || missing="$missing ${pair#*:}"
  done
else
  missing="libopenblas-dev liblapacke-dev libhdf5-dev zlib1g-dev pkg-config"
fi
command -v gnuplot >/dev/null 2>&1 || missing="$missing gnuplot-nox"
images=/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz
if [ -n "$data" ] && [ ! -e "$images" ]; then missing="$missing dataset-fashion-mnist"; fi

if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "setup.sh installs with apt-get, which is not here." >&2
    echo "Please install what your system calls: $packages" >&2
    exit 1
  fi
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "Please install as root:$missing" >&2
      exit 1
    fi
    as_root="sudo"
  fi
  echo "installing:$missing"
  # shellcheck disable=SC2086 # the list is meant to be split
  if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1; then
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
  fi
fi

if ! command -v swift >/dev/null 2>&1; then
  echo "Swift 6.1 or newer is needed as well: see https://www.swift.org/install" >&2
  exit 1
fi
