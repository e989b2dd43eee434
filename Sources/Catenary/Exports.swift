/// `import Catenary` brings curves, kinds, samplings, their errors, and the detector's answers along.
@_exported public import CurveDetector
@_exported public import CurveKernel
