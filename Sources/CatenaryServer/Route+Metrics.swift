import Catenary
import CurveFormats
import HTTPFront
import Synchronization

extension Route {
  static func metrics(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    let (counters, sockets) = (call.server.counters, call.server.sockets)
    let (seconds, nanoseconds) = WallClock.now
    answer.field("cache-control", "no-store")
    answer.field("content-type", "application/json")
    // Written by hand: a Double does not hold nanoseconds since 1970.
    answer.body.append(
      "{\"timestamp\":\"\(timestamp(seconds, nanoseconds))\","
        + "\"timestampNs\":\(seconds * 1_000_000_000 + nanoseconds),\"metrics\":{"
        + "\"pendingRequests\":\(counters.pending),\"pendingWebSockets\":\(sockets.open),\"activeConnections\":\(sockets.open),"
        + "\"totals\":{\"requests\":\(counters.requests),"
        + "\"responses\":\(counters.responses),"
        + "\"websocketOpens\":\(sockets.opens.load(ordering: .relaxed)),"
        + "\"websocketCloses\":\(sockets.closes.load(ordering: .relaxed))}}}")
    return nil
  }

  static func prometheus(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    var text = PrometheusText()
    text.begin("catenary_build_info", .gauge, "Always 1; the label is the program's version.")
    text.sample(1, [("version", CurveServer.version)])
    text.single(
      "process_start_time_seconds", .gauge, "When the server was made, in seconds since 1970.",
      call.server.startSeconds)
    text.single(
      "catenary_ready", .gauge, "1 when all is warm and the server is not ending.",
      call.server.isReady.load(ordering: .acquiring) ? 1 : 0)
    tellRequests(call.server, &text)
    tellFront(call.server.figures, &text)
    tellSockets(call.server.sockets, &text)
    tellWork(call.server, &text)
    answer.field("content-type", "text/plain; version=0.0.4; charset=utf-8")
    answer.field("cache-control", "no-store")
    answer.body.append(text.text)
    return nil
  }

  /// What was asked for and answered.
  private static func tellRequests(_ server: CurveServer, _ text: inout PrometheusText) {
    let metrics = server.metrics
    let names = ["none"] + server.routes.map(\.path) + ["unknown", "any"]
    text.begin(
      "catenary_http_requests_total", .counter,
      "Requests that ended, by route, method and status: route none was refused before its path was known, unknown is "
        + "at no path, any is OPTIONS; status none had no answer.")
    for (name, route) in zip(names, metrics.routes) {
      for (method, status, count) in route.answered {
        text.sample(count, [("route", name), ("method", method), ("status", status)])
      }
    }
    text.begin(
      "catenary_http_request_duration_seconds", .histogram,
      "From a request's head to the end of its answer, by route.")
    var told: Set<String> = []
    for name in names where told.insert(name).inserted {
      // A path that takes two methods is two routes.
      let all = Histogram.Values(zip(names, metrics.routes).filter { $0.0 == name }.map(\.1.durations))
      if all.count > 0 { text.histogram(all, [("route", name)]) }
    }
    text.single(
      "catenary_http_requests_in_flight", .gauge, "Requests begun and not ended.", server.counters.pending)
    text.single(
      "catenary_http_requests_aborted_total", .counter,
      "Requests whose client went away, or whose answer could not be finished.",
      metrics.aborted.load(ordering: .relaxed))
    text.single(
      "catenary_http_request_body_bytes_total", .counter, "Bytes of request bodies.",
      metrics.bytesIn.load(ordering: .relaxed))
    text.single(
      "catenary_http_response_bytes_total", .counter, "Bytes of answers, heads and framing included.",
      metrics.bytesOut.load(ordering: .relaxed))
  }

  /// How connections, threads and memory stand.
  private static func tellFront(_ figures: ServerFigures, _ text: inout PrometheusText) {
    text.single("catenary_http_connections", .gauge, "Connections that are open.", figures.connections)
    text.single("catenary_reactors", .gauge, "Threads that serve connections.", figures.reactors)
    text.single("catenary_workers", .gauge, "Threads that make large answers.", figures.workers)
    text.single(
      "catenary_waiting_answers", .gauge, "Large answers that wait for a worker.", figures.waitingAnswers)
    text.single(
      "catenary_body_memory_bytes", .gauge, "Memory set aside for request bodies.", figures.bodyBytes)
    text.single(
      "catenary_pooled_buffers", .gauge, "Buffers of answers kept to be used again.", figures.pooledBuffers)
    text.single("catenary_pooled_buffer_bytes", .gauge, "Memory of these buffers.", figures.pooledBytes)
  }

  /// How many WebSockets there are and were.
  private static func tellSockets(_ sockets: SocketCounters, _ text: inout PrometheusText) {
    text.single("catenary_websockets_open", .gauge, "WebSockets that are open.", sockets.open)
    text.single(
      "catenary_websocket_opens_total", .counter, "WebSockets that were opened.",
      sockets.opens.load(ordering: .relaxed))
    text.single(
      "catenary_websocket_closes_total", .counter, "WebSockets that have ended.",
      sockets.closes.load(ordering: .relaxed))
    text.single(
      "catenary_websocket_skips_total", .counter,
      "Messages that passed a client by, since too much waited for it.",
      sockets.skips.load(ordering: .relaxed))
  }

  /// What was drawn and detected.
  private static func tellWork(_ server: CurveServer, _ text: inout PrometheusText) {
    text.begin("catenary_points_rendered_total", .counter, "Points of curves that were drawn, by backend.")
    for backend in [Backend.native, .wasm] {
      text.sample(server.metrics.points(by: backend), [("backend", backend.rawValue)])
    }
    text.begin(
      "catenary_detection_duration_seconds", .histogram,
      "Time to judge one series, by who judged: the model with statistics (onnx), or statistics alone (classical)."
    )
    text.histogram(server.metrics.detectedByModel.all, [("source", "onnx")])
    text.histogram(server.metrics.detectedByStatistics.all, [("source", "classical")])
    let status = server.engines.native.modelStatus
    let model = [("model", status.name)]
    text.begin("catenary_model_loaded", .gauge, "1 when the model is in memory.")
    text.sample(status.isLoaded ? 1 : 0, model)
    text.begin(
      "catenary_inference_duration_seconds", .summary, "Runs of the model; quantiles of the newest 1024.")
    let runs = status.statistics
    for share in [0.5, 0.9, 0.99] {
      let seconds = runs.count == 0 ? "NaN" : "\(runs.percentile(share) / 1000)"
      text.sample(seconds, model + [("quantile", "\(share)")])
    }
    text.sample(runs.total / 1000, model, suffix: "_sum")
    text.sample(runs.count, model, suffix: "_count")
  }
}
