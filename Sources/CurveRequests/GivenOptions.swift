/// Options and their values: a request has so few that a walk over them costs less than one hash of a name.
struct GivenOptions: Sendable {
  private(set) var pairs: [(option: RenderOption, value: Settings.Value)] = []

  subscript(option: RenderOption) -> Settings.Value? {
    get { pairs.first { $0.option == option }?.value }
    set {
      pairs.removeAll { $0.option == option }
      if let newValue { pairs.append((option, newValue)) }
    }
  }

  func has(_ option: RenderOption) -> Bool { pairs.contains { $0.option == option } }
}
