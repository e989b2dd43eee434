// WasmHost: the room is being furnished.
