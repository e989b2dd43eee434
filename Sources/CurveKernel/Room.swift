// CurveKernel: the room is being furnished.
