import Foundation
import Recording

/// A figure of several runs, made of the same figure of each.
///
/// Panels that mean the same are laid over one another. Where a panel of one run has a single solid
/// curve the colours tell the runs apart; where it has several, such as one per mode, each has a panel
/// of its own in which they do. Theory stays dashed, in black.
struct Overlaid {
  /// The runs' labels.
  let labels: [String]
  /// The same figure of each run.
  let figures: [Figure]

  /// The largest number of curves of a panel that become panels of their own.
  private static let parts = 6

  /// The figure of all runs; nil if no panel is common to two of them.
  func figure(title: String) -> Figure? {
    var groups: [(key: String, panels: [(run: Int, panel: Panel)])] = []
    for (run, figure) in figures.enumerated() {
      for panel in figure.panels.flatMap(Self.divided) {
        let key = [panel.title, panel.x.label, panel.y.label].joined(separator: "\n")
        if let place = groups.firstIndex(where: { $0.key == key }) {
          groups[place].panels.append((run, panel))
        } else {
          groups.append((key, [(run, panel)]))
        }
      }
    }
    let common = groups.filter { $0.panels.count > 1 }
    guard !common.isEmpty, let first = figures.first else { return nil }
    let wasDivided = figures.contains { $0.panels.contains { Self.divided($0).count > 1 } }
    let columns =
      wasDivided && common.count > 2 ? 2 : min(first.columns, common.count)
    return Figure(
      name: first.name, title: title, panels: common.map { merged($0.panels) }, columns: columns,
      sharesLegend: true)
  }

  /// The colour of a run.
  private func colour(_ run: Int) -> Colour {
    labels.count <= Colour.count
      ? .number(run) : .graded(Double(run) / Double(max(1, labels.count - 1)))
  }

  /// One panel of what several runs show there.
  private func merged(_ panels: [(run: Int, panel: Panel)]) -> Panel {
    var merged = panels[0].panel
    merged.x = Self.union(panels.map(\.panel.x))
    merged.y = Self.union(panels.map(\.panel.y))
    merged.marks = []
    merged.notice = panels.contains { $0.panel.notice.isEmpty } ? "" : merged.notice
    var (solid, above): ([any Mark], [any Mark]) = ([], [])
    for (run, panel) in panels {
      for mark in panel.marks {
        switch mark {
        case var curve as Curve where curve.style == .theory:
          curve.label = curve.label.isEmpty ? "" : "theory"
          above.append(named(curve, run))
        case var curve as Curve:
          curve.label = curve.style == .empirical ? labels[run] : ""
          curve.colour = colour(run)
          solid.append(named(curve, run))
        case var line as Reference:
          line.colour = colour(run)
          line.label = ""
          merged.marks.append(line)
        default:
          // What else a panel has belongs to one run.
          break
        }
      }
    }
    merged.marks += solid + above
    return merged
  }

  /// The curve whose values say of which run they are.
  private func named(_ curve: Curve, _ run: Int) -> Curve {
    func named(_ column: Column) -> Column {
      Column(
        name: "\(column.name)@\(run + 1)", symbol: column.symbol, units: column.units,
        longName: "\(column.longName), \(labels[run])", values: column.values)
    }
    var curve = curve
    if curve.x == curve.along {
      curve.y = named(curve.y)
    } else {
      (curve.x, curve.y) = (named(curve.x), named(curve.y))
    }
    return curve
  }

  /// A panel for each solid curve of a panel that has several, with the dashed ones of its place.
  private static func divided(_ panel: Panel) -> [Panel] {
    let curves = panel.marks(of: Curve.self)
    let solid = curves.filter { $0.style == .empirical && !$0.label.isEmpty && $0.colour != .pale }
    guard solid.count > 1 else { return [panel] }
    let dashed = curves.filter { $0.style == .theory }
    let lines = panel.marks(of: Reference.self)
    return solid.prefix(parts).enumerated().map { place, curve in
      var part = panel
      part.title = [panel.title, curve.label].filter { !$0.isEmpty }.joined(separator: ", ")
      var marks: [any Mark] = lines.filter { $0.colour == curve.colour }
      marks.append(curve)
      if dashed.indices.contains(place) {
        var theory = dashed[place]
        theory.label = "theory"
        marks.append(theory)
      }
      part.marks = marks
      return part
    }
  }

  /// The axis that shows what several show; linear as soon as one is.
  private static func union(_ axes: [PlotAxis]) -> PlotAxis {
    var axis = axes[0]
    axis.isLogarithmic = axes.allSatisfy(\.isLogarithmic)
    let low = axes.map(\.range.lowerBound).min() ?? axis.range.lowerBound
    let high = axes.map(\.range.upperBound).max() ?? axis.range.upperBound
    axis.range = low...high
    return axis
  }
}

extension Figures {
  /// A figure of several runs laid over one another.
  ///
  /// - Parameters:
  ///   - runs: at least two.
  ///   - labels: one per run; `nil` for the keys of their scenarios in which they differ.
  /// - Throws: ``PlottingError/unknownFigure(_:known:)``, ``PlottingError/nothingToDraw(figure:path:)``
  ///   for a run that has nothing for it, ``PlottingError/nothingInCommon(figure:paths:)``, or
  ///   `HDF5Error` when a run cannot be read.
  public static func figure(named name: String, of runs: [RunFile], labels: [String]? = nil) throws
    -> Figure
  {
    let figures = try runs.map { run in
      guard let figure = try uniform(name, of: run) else {
        throw PlottingError.nothingToDraw(figure: name, path: run.path)
      }
      return figure
    }
    let labels = labels ?? RunLabels.of(runs.map(\.scenario))
    // What follows a comma is a remark on one run.
    let subject = String(figures[0].title.prefix { $0 != "·" && $0 != "," })
      .trimmingCharacters(in: .whitespaces)
    let names = Set(runs.map(\.scenario.name))
    let title = names.count == 1 ? "\(subject) · \(runs[0].scenario.name)" : subject
    guard let figure = Overlaid(labels: labels, figures: figures).figure(title: title) else {
      throw PlottingError.nothingInCommon(figure: name, paths: runs.map(\.path))
    }
    return figure
  }

  /// Every figure that all runs have something for and in common, in order.
  ///
  /// - Throws: ``PlottingError/nothingInCommon(figure:paths:)`` if there is none, or `HDF5Error` when a
  ///   run cannot be read.
  public static func all(of runs: [RunFile], labels: [String]? = nil) throws -> [Figure] {
    let figures = try names.compactMap { name -> Figure? in
      do {
        return try figure(named: name, of: runs, labels: labels)
      } catch PlottingError.nothingToDraw, PlottingError.nothingInCommon {
        return nil
      }
    }
    guard !figures.isEmpty else {
      throw PlottingError.nothingInCommon(figure: nil, paths: runs.map(\.path))
    }
    return figures
  }
}
