#include "CData.h"

// #embed is C23; the toolchain's clang has it in every mode and only warns.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t spline_wasm[] = {
#embed "../../wasm/spline.wasm"
};
const size_t catenary_spline_wasm_size = sizeof spline_wasm;

const uint8_t *catenary_spline_wasm_start(void) { return spline_wasm; }

static const uint8_t curve_onnx[] = {
#embed "../../models/curve.onnx"
};
const size_t catenary_curve_onnx_size = sizeof curve_onnx;

const uint8_t *catenary_curve_onnx_start(void) { return curve_onnx; }
