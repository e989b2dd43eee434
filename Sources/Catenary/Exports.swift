/// `import Catenary` brings curves, kinds, samplings and their errors along.
@_exported public import CurveKernel
/// And detection its answers.
@_exported public import CurveDetector
