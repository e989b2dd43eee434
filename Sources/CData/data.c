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

static const uint8_t dashboard_page[] = {
#embed "../CatenaryServer/Dashboard/Web/page.html"
};
static const uint8_t dashboard_style[] = {
#embed "../CatenaryServer/Dashboard/Web/style.css"
};
// One module, in this order.
static const uint8_t dashboard_script[] = {
#embed "../CatenaryServer/Dashboard/Web/common.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/access.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/chart.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/metrics.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/live.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/overview.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/fields.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/plot.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/playground.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/stream.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/samples.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/prices.js"
    ,
#embed "../CatenaryServer/Dashboard/Web/main.js"
};
static const uint8_t spline_js[] = {
#embed "../../wasm/spline.js"
};
static const uint8_t spline_browser_wasm[] = {
#embed "../../wasm/spline-browser.wasm"
};

struct catenary_bytes catenary_page_part(enum catenary_page_part part) {
#define BYTES(array) (struct catenary_bytes){array, sizeof array}
  switch (part) {
  case catenary_dashboard_page: return BYTES(dashboard_page);
  case catenary_dashboard_style: return BYTES(dashboard_style);
  case catenary_dashboard_script: return BYTES(dashboard_script);
  case catenary_spline_js: return BYTES(spline_js);
  case catenary_spline_browser_wasm: return BYTES(spline_browser_wasm);
  }
  return (struct catenary_bytes){dashboard_page, 0};
#undef BYTES
}
