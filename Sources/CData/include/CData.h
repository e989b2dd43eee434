// What is part of the program as bytes, so that it runs from any folder.
#pragma once
#include <stddef.h>
#include <stdint.h>

// wasm/spline.wasm: the kernel for Wasmtime.
const uint8_t *catenary_spline_wasm_start(void);
extern const size_t catenary_spline_wasm_size;

// models/curve.onnx: the network of curve detection.
const uint8_t *catenary_curve_onnx_start(void);
extern const size_t catenary_curve_onnx_size;
