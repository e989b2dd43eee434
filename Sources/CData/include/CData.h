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

// What a browser gets: the dashboard in three parts, and the kernel's build for browsers with its loader.
struct catenary_bytes {
  const uint8_t *start;
  size_t count;
};
enum catenary_page_part {
  catenary_dashboard_page,
  catenary_dashboard_style,
  catenary_dashboard_script,
  catenary_spline_js,
  catenary_spline_browser_wasm,
};
struct catenary_bytes catenary_page_part(enum catenary_page_part part);
