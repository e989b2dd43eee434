import Glibc

extension SystemFault: CustomStringConvertible {
  /// What is wrong and what to do.
  var description: String {
    switch code {
    case ENOENT: "there is no such file: check the name"
    case EACCES, EPERM: "permission denied: change its permissions, or choose another place"
    case EISDIR: "this is a folder: name a file"
    case ENOTDIR: "a part of the path is not a folder: check the name"
    case ENOSPC: "no space is left on the device: free some, or choose another place"
    case EDQUOT: "the disk quota is used up: free some space, or choose another place"
    case EFBIG: "the file would exceed the allowed size: raise the limit (ulimit -f), or ask for fewer points"
    case EROFS: "the file system is read-only: choose another place"
    case ENAMETOOLONG: "the name is too long: shorten it"
    case ELOOP: "the symbolic links run in a circle: mend them"
    case EMFILE, ENFILE: "too many files are open: close some (ulimit -n)"
    case EIO: "the device reports an input/output error: check the disk"
    case EBADF: "it is not open for this: check the redirection"
    case ENXIO: "there is no such device, or nobody reads it: check the name"
    default: "\(Files.words(code)): check the file and the device"
    }
  }
}
