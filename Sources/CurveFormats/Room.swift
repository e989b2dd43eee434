// CurveFormats: the room is being furnished.
