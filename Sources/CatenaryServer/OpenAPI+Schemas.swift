/// What bodies hold, as JSON Schema.
let schemaText: StaticString = """
  {
  "Problem": {"type": "object", "required": ["type", "title", "status", "detail", "error"], "properties": {
    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
    "detail": {"type": "string", "description": "what is wrong, and what to change"},
    "error": {"type": "string", "description": "the same"},
    "pointer": {"type": "string", "description": "JSON Pointer to the fault in a JSON body"},
    "offset": {"type": "integer", "description": "byte of the fault in a raw body"}}},
  "Points": {"type": "array", "description": "points of 1 to 4 coordinates, the same for all; null is a gap",
    "items": {"anyOf": [
      {"type": ["number", "null"]},
      {"type": "array", "items": {"type": ["number", "null"]}, "minItems": 1, "maxItems": 4},
      {"type": "object", "required": ["x"], "additionalProperties": false, "properties": {
        "x": {"type": ["number", "null"]}, "y": {"type": ["number", "null"]},
        "z": {"type": ["number", "null"]}, "w": {"type": ["number", "null"]}}}]}},
  "Samples": {"type": "object", "required": ["count", "dimensions", "points"], "properties": {
    "count": {"type": "integer"}, "dimensions": {"type": "integer"}, "points": {"$ref": "#/components/schemas/Points"},
    "lambda": {"type": "number", "description": "of a smoothing spline"}}},
  "Predicted": {"type": "object", "required": ["count", "predicted"], "properties": {
    "count": {"type": "integer"}, "predicted": {"$ref": "#/components/schemas/Points"},
    "lambda": {"type": "number"}}},
  "Series": {"type": "array", "items": {"type": ["number", "null"]}, "description": "prices; null is a missing one"},
  "Prices": {"examples": [{"prices": [100, 102, 105, null, 111]}], "anyOf": [
    {"$ref": "#/components/schemas/Points"},
    {"type": "object", "additionalProperties": false, "properties": {
      "prices": {"$ref": "#/components/schemas/Series"},
      "series": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Series"}},
      "points": {"$ref": "#/components/schemas/Points"}, "path": {"$ref": "#/components/schemas/Points"},
      "tangents": {"$ref": "#/components/schemas/Points"},
      "timestamps": {"type": "array", "items": {"type": ["number", "string"]},
        "description": "one for each price, rising: numbers, or ISO 8601"},
      "source": {"type": "string", "enum": ["onnx", "classical"]}},
      "oneOf": [{"required": ["prices"]}, {"required": ["series"]}, {"required": ["points"]}, {"required": ["path"]}]}]},
  "Workers": {"type": "object", "description": "by their ids", "additionalProperties":
    {"$ref": "#/components/schemas/Worker"}},
  "Worker": {"type": "object", "required": ["id", "status", "created_at", "messages_processed", "errors",
    "resource_usage", "queue_depth"], "properties": {
    "id": {"type": "string"}, "status": {"type": "string", "enum": ["idle", "working", "error", "terminated"]},
    "created_at": {"type": "integer", "description": "ms since 1970, as all times here"},
    "messages_processed": {"type": "integer", "description": "jobs finished, failed ones too"},
    "errors": {"type": "integer"}, "last_error": {"type": "string"},
    "current_job": {"type": "object", "required": ["id", "type", "started_at"], "properties": {
      "id": {"type": "string"}, "type": {"type": "string"}, "started_at": {"type": "integer"}}},
    "resource_usage": {"type": "object", "description": "MiB of the process: its threads share memory",
      "required": ["rss_mb", "heap_used_mb", "heap_total_mb", "external_mb"], "properties": {
      "rss_mb": {"type": "number"}, "heap_used_mb": {"type": "number"}, "heap_total_mb": {"type": "number"},
      "external_mb": {"type": "number", "description": "linear memory of WebAssembly"}}},
    "queue_depth": {"type": "integer", "description": "its even part of the one queue"},
    "pieces_made": {"type": "integer"}, "cpu_ms": {"type": "integer"}, "updated_at": {"type": "integer"}}},
  "Snapshot": {"type": "object", "required": ["id", "taken_at", "complete", "worker", "process"], "properties": {
    "id": {"type": "string"}, "taken_at": {"type": "integer"},
    "complete": {"type": "boolean", "description": "whether the worker handed it over in time; else the reason is told"},
    "reason": {"type": "string"}, "handed_over_after_ms": {"type": "number"}, "worker": {"type": "object"},
    "process": {"type": "object"}, "thread": {"type": "object"}, "allocator": {"type": "object"},
    "buffer_pools": {"type": "array", "items": {"type": "object"}}, "request_body_bytes": {"type": "integer"},
    "linear_memory": {"type": ["object", "null"]},
    "mapped_regions": {"type": "array", "items": {"type": "object"}}}},
  "Scale": {"type": "object", "required": ["count"], "additionalProperties": false, "properties": {
    "count": {"type": "integer", "minimum": 1, "description": "at most four times the cores"}}},
  "Scaled": {"type": "object", "required": ["created", "terminated"], "properties": {
    "created": {"type": "integer"}, "terminated": {"type": "integer"}}},
  "Curve": {"type": "object",
    "required": ["start", "end", "pattern", "confidence", "parameters", "r2", "rmse", "noiseStd", "controlPoints"],
    "properties": {
      "start": {"type": "integer"}, "end": {"type": "integer"}, "startTime": {"type": ["number", "string"]},
      "endTime": {"type": ["number", "string"]}, "pattern": {"$ref": "#/components/schemas/Pattern"},
      "confidence": {"type": "number", "minimum": 0, "maximum": 1},
      "parameters": {"type": "object", "additionalProperties": {"type": ["number", "null"]}},
      "r2": {"type": ["number", "null"]}, "rmse": {"type": ["number", "null"]},
      "noiseStd": {"type": ["number", "null"]},
      "controlPoints": {"type": "array", "items": {"type": "array", "items": {"type": ["number", "null"]}}}}},
  "Pattern": {"type": "string", "enum": ["linear", "parabolic", "exponential", "logarithmic", "oscillating", "sigmoid",
    "step", "none"]},
  "Detection": {"type": "object",
    "required": ["pattern", "confidence", "conflict", "entropy", "tension", "curvature", "drift", "decay", "curves",
      "source", "count"],
    "properties": {
      "pattern": {"$ref": "#/components/schemas/Pattern"},
      "confidence": {"type": "number", "minimum": 0, "maximum": 1},
      "conflict": {"type": "number"}, "entropy": {"type": "number"}, "tension": {"type": "number"},
      "curvature": {"type": "number"}, "drift": {"type": "number"}, "decay": {"type": "number"},
      "curves": {"type": "array", "items": {"$ref": "#/components/schemas/Curve"}},
      "source": {"type": "string", "enum": ["onnx", "classical"]}, "model": {"type": "string"},
      "count": {"type": "integer"}}},
  "Detections": {"anyOf": [
    {"$ref": "#/components/schemas/Detection"},
    {"type": "object", "required": ["results"], "properties": {
      "results": {"type": "array", "items": {"$ref": "#/components/schemas/Detection"}}}}]},
  "ModelsStatus": {"type": "object", "required": ["models", "summary"], "properties": {
    "models": {"type": "object", "additionalProperties": {"type": "object",
      "required": ["loaded", "warmupComplete", "inferenceCount", "avgInferenceTime", "modelPath"], "properties": {
        "loaded": {"type": "boolean"}, "warmupComplete": {"type": "boolean"}, "inferenceCount": {"type": "integer"},
        "avgInferenceTime": {"type": "number", "description": "milliseconds"}, "modelPath": {"type": "string"},
        "reason": {"type": "string"}}}},
    "summary": {"type": "object", "required": ["total", "loaded", "ready"], "properties": {
      "total": {"type": "integer"}, "loaded": {"type": "integer"}, "ready": {"type": "integer"}}}}},
  "Counters": {"type": "object", "required": ["timestamp", "timestampNs", "metrics"], "properties": {
    "timestamp": {"type": "string", "format": "date-time"},
    "timestampNs": {"type": "integer", "description": "nanoseconds since 1970"},
    "metrics": {"type": "object", "required": ["pendingRequests", "pendingWebSockets", "activeConnections", "totals"],
      "properties": {
        "pendingRequests": {"type": "integer"}, "pendingWebSockets": {"type": "integer"},
        "activeConnections": {"type": "integer", "description": "open WebSockets"},
        "totals": {"type": "object", "required": ["requests", "responses", "websocketOpens", "websocketCloses"],
          "additionalProperties": {"type": "integer"}}}}}},
  "Endpoints": {"type": "object", "required": ["endpoints"], "properties": {"endpoints": {"type": "array", "items":
    {"type": "object", "required": ["method", "path", "summary", "protected"], "properties": {
      "method": {"type": "string"}, "path": {"type": "string"}, "summary": {"type": "string"},
      "protected": {"type": "boolean", "description": "whether it needs the token where one is set"}}}}}},
  "Health": {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}},
  "Version": {"type": "object", "required": ["name", "version", "needsToken"], "properties": {"needsToken": {"type": "boolean"},
    "name": {"type": "string"}, "version": {"type": "string"}}},
  "InferenceServer": {"type": "object", "required": ["name", "version", "extensions"], "properties": {
    "name": {"type": "string"}, "version": {"type": "string"},
    "extensions": {"type": "array", "items": {"type": "string"}}}},
  "InferenceLive": {"type": "object", "required": ["live"], "properties": {"live": {"type": "boolean"}}},
  "InferenceReady": {"type": "object", "required": ["ready"], "properties": {
    "name": {"type": "string"}, "ready": {"type": "boolean"}}},
  "InferenceModel": {"type": "object", "required": ["name", "versions", "platform", "inputs", "outputs"], "properties": {
    "name": {"type": "string"}, "versions": {"type": "array", "items": {"type": "string"}},
    "platform": {"type": "string"},
    "inputs": {"type": "array", "items": {"$ref": "#/components/schemas/InferenceTensor"}},
    "outputs": {"type": "array", "items": {"$ref": "#/components/schemas/InferenceTensor"}}}},
  "InferenceTensor": {"type": "object", "required": ["name", "datatype", "shape"], "properties": {
    "name": {"type": "string"}, "datatype": {"type": "string"},
    "shape": {"type": "array", "items": {"type": "integer"}},
    "data": {"type": "array"}, "parameters": {"type": "object"}}},
  "InferenceConfig": {"type": "object", "required": ["name", "max_batch_size", "input", "output"]},
  "InferenceStats": {"type": "object", "required": ["model_stats"], "properties": {
    "model_stats": {"type": "array", "items": {"type": "object", "required": ["name", "version", "inference_stats"]}}}},
  "InferenceRequest": {"type": "object", "required": ["inputs"],
    "examples": [{"inputs": [{"name": "prices", "datatype": "FP64", "shape": [1, 3], "data": [100, 102, 105]}]}],
    "properties": {
    "id": {"type": "string"},
    "parameters": {"type": "object", "properties": {
      "source": {"type": "string", "enum": ["onnx", "classical"]}, "binary_data_output": {"type": "boolean"}}},
    "inputs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"type": "object",
      "required": ["name", "datatype", "shape"], "properties": {
        "name": {"const": "prices"}, "datatype": {"const": "FP64"},
        "shape": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "integer", "minimum": 1}},
        "parameters": {"type": "object"},
        "data": {"type": "array", "description": "series after series, flat or a list each; null is a missing price",
          "items": {"anyOf": [{"type": ["number", "null"]}, {"type": "array", "items": {"type": ["number", "null"]}}]}}}}},
    "outputs": {"type": "array", "items": {"type": "object", "required": ["name"], "properties": {
      "name": {"enum": ["pattern", "confidence", "metrics", "curves"]},
      "parameters": {"type": "object", "properties": {"binary_data": {"type": "boolean"}}}}}}}},
  "InferenceResponse": {"type": "object", "required": ["model_name", "model_version", "outputs"], "properties": {
    "model_name": {"type": "string"}, "model_version": {"type": "string"}, "id": {"type": "string"},
    "parameters": {"type": "object"},
    "outputs": {"type": "array", "items": {"$ref": "#/components/schemas/InferenceTensor"}}}}
  }
  """
