// One of this room's unsafe files: a terminal that shows a live picture, and gets its old face back.
//
// Proof for all of it: structures are this frame's own, and C reads or writes them only during the call they are given to.

import Glibc
import Synchronization

/// Standard input and output as a screen of its own, keys coming one by one. `leave` gives the terminal back.
struct Terminal {
  private let before: termios

  /// The signal that came last and was not answered so far.
  ///
  /// Proof: the handler stores to this lock-free atomic and does nothing else; `enter` has initialised it before.
  private static let signal = Atomic<Int32>(0)

  /// nil unless both standard input and output are terminals.
  init?() {
    var settings = termios()
    guard isatty(0) == 1, isatty(1) == 1, unsafe tcgetattr(0, &settings) == 0 else { return nil }
    before = settings
  }

  /// Takes the screen.
  func enter() {
    Terminal.signal.store(0, ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH] {
      _ = Glibc.signal(number) { Terminal.signal.store($0, ordering: .sequentiallyConsistent) }
    }
    var settings = before
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
    _ = unsafe tcsetattr(0, TCSANOW, &settings)
    // The other screen, no cursor, no wrapping of long lines.
    try? Files.print("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l")
  }

  /// Gives it back as it was.
  func leave() {
    try? Files.print("\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l")
    var settings = before
    _ = unsafe tcsetattr(0, TCSANOW, &settings)
  }

  /// What happened while one waited.
  enum Event: Equatable {
    case nothing
    case key(UInt8)
    case resized, stopped
    case ended(Int32)
    case gone
  }

  /// Waits for a key or a signal.
  func wait(milliseconds: Int) -> Event {
    var left = milliseconds
    repeat {
      switch Terminal.signal.exchange(0, ordering: .sequentiallyConsistent) {
      case 0: break
      case SIGWINCH: return .resized
      case SIGTSTP: return .stopped
      case let number: return .ended(number)
      }
      // A signal between the question above and poll is heard one slice later.
      let slice = min(left, 100)
      var entry = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      if unsafe poll(&entry, 1, Int32(slice)) > 0 {
        var byte: UInt8 = 0
        return unsafe read(0, &byte, 1) == 1 ? .key(byte) : .gone
      }
      left -= slice
    } while left > 0
    return .nothing
  }

  /// Stops the program until it is told to go on.
  func stop() {
    leave()
    _ = raise(SIGSTOP)
    enter()
  }

  /// Ends the program as the signal would have.
  static func end(by number: Int32) {
    _ = Glibc.signal(number, SIG_DFL)
    _ = raise(number)
  }

  /// Columns and rows.
  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
