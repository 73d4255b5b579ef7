import Foundation
import Testing

@testable import Scenarios

@Suite("Scenarios with images")
struct ImageDataTests {
  private func scenario(_ data: ImageData, channels: [Int] = []) -> Scenario {
    var scenario = Scenario()
    scenario.data = .images(data)
    var network = DenseNetworkSection()
    network.channels = channels
    scenario.network = .dense(network)
    return scenario
  }

  private func sentence(
    channels: [Int] = [], network change: (inout DenseNetworkSection) -> Void = { _ in },
    _ data: (inout ImageData) -> Void
  ) -> String {
    var section = ImageData()
    data(&section)
    var scenario = scenario(section)
    var network = DenseNetworkSection()
    network.channels = channels
    change(&network)
    scenario.network = .dense(network)
    return #expect(throws: ScenarioError.self) { try scenario.validate() }?.description ?? ""
  }

  @Test("images are square unless their height is given")
  func sizes() throws {
    var data = ImageData()
    try scenario(data).validate()
    #expect(data.imageSize.map { [$0.height, $0.width] } == [28, 28])
    data.height = 14
    #expect(data.imageSize.map { [$0.height, $0.width] } == [14, 56])
    (data.inputs, data.height) = (10, nil)
    #expect(data.imageSize == nil)
    (data.format, data.isGrey, data.inputs) = (.cifar10, false, 3072)
    #expect(data.channels == 3 && data.imageSize.map { [$0.height, $0.width] } == [32, 32])
  }

  @Test("what does not fit together is refused")
  func refused() {
    #expect(
      sentence { $0.format = .csv }
        == "data.path is null with the format csv: give the table with --data.")
    #expect(
      sentence { ($0.format, $0.path) = (.cifar10, "D") }
        == "data.dim is 784 with the format cifar-10: set it to 1024, as images are 32 × 32 in grey."
    )
    #expect(sentence { $0.normalisation = .imageNet }.contains("needs no colours"))
    #expect(sentence { $0.isGrey = false }.contains("there are no colours"))
    #expect(sentence { $0.testPath = "t.csv" }.contains("the folder has both"))
    #expect(sentence { $0.label = .first }.contains("set data.format to csv"))
    #expect(sentence { $0.height = 27 }.contains("784 pixels do not make 27 equal rows"))
    #expect(
      sentence(channels: [4]) { $0.inputs = 10 }.contains("of 10 inputs are no images"))
    #expect(
      sentence(channels: [4, 4, 4, 4]) { _ in }
        == "Convolutional layer 3 has patches of 5 × 5 in images of 4 × 4: "
        + "give a kernel of at most 4, or fewer layers.")
    #expect(
      sentence(channels: [4, 4, 4], network: { $0.kernels = [5, 3] }) { _ in }
        == "network.kernel has 2 entries for 3 convolutional layers: "
        + "give one for all of them, or 3.")
  }

  @Test("a file beside a scenario is named from the catalogue on, or by its whole path")
  func places() throws {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("places-\(UUID().uuidString)").standardizedFileURL.path
    defer { try? FileManager.default.removeItem(atPath: root) }
    let folder = root + "/scenarios/paper"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = """
      {"name": "s", "data": {"kind": "images", "format": "csv", "path": "t.csv"},
       "network": {"kind": "dense"}}
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/s.json"))
    func path(_ catalogue: Catalogue) throws -> String? {
      guard case .images(let data) = try catalogue.scenario(folder + "/s.json").data else {
        return nil
      }
      return data.path
    }
    #expect(try path(Catalogue(folders: [])) == "t.csv")
    try Data("1,0\n".utf8).write(to: URL(fileURLWithPath: folder + "/t.csv"))
    #expect(try path(Catalogue(folders: [])) == folder + "/t.csv")
    #expect(try path(Catalogue(folders: [root + "/scenarios"])) == "paper/t.csv")
  }
}
