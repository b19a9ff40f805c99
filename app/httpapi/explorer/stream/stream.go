// Package stream is the chain's live stream for everybody: records as they are committed, as
// server-sent events.
package stream

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

var streamsOpen = promauto.NewGauge(
	prometheus.GaugeOpts{Name: "hospital_chain_streams", Help: "Live streams of the chain that are open."})

// Limits hold where nothing else is set.
var Limits = web.StreamLimits{Total: 500, PerAddress: 10, Write: 10 * time.Second, Beat: 15 * time.Second}

const route = "/v1/chain/stream"

// TooMany is the refusal of one stream more.
var TooMany = problem.Entry{Code: "too-many-streams", Status: http.StatusServiceUnavailable,
	Do: "Come back later, or read the blocks."}

// Stream is the live stream with those who read it.
type Stream struct {
	api    *web.API
	node   chain.Node
	limits web.StreamLimits
	open   context.Context // ends when the server shuts down
	shut   context.CancelFunc
	seats  *limit.Seats // by network
}

// Register adds the stream. The caller calls Shutdown when the server stops.
func Register(a *web.API, tag web.Tag, node chain.Node, limits web.StreamLimits) *Stream {
	s := &Stream{api: a, node: node, limits: limits, seats: limit.NewSeats(limits.Total, limits.PerAddress)}
	s.open, s.shut = context.WithCancel(context.Background())
	a.LongLived(route)
	a.Echo.GET(route, s.serve)
	a.Huma.OpenAPI().AddOperation(s.operation(tag, a.ProblemResponses("too-many-streams", "rate-limited")))
	return s
}

// Shutdown ends the streams; clients come back with the last id they saw.
func (s *Stream) Shutdown() { s.shut() }

// serve sends records as server-sent events (HTML Living Standard section 9.2): id is the record's
// index in the log, event is "record", data the committed record as JSON. It begins at ?from=index,
// or after Last-Event-ID, or with the next record. It holds no queue: the next record is read from
// the ledger when the last one has left.
func (s *Stream) serve(c echo.Context) error {
	ctx := c.Request().Context()
	from, err := s.begin(c)
	if err != nil {
		return err
	}
	network := web.NetworkOf(c)
	if !s.seats.Take(network, 1) {
		return TooMany.New("as many live streams are open as may be")
	}
	defer s.seats.Give(network, 1)
	streamsOpen.Inc()
	defer streamsOpen.Dec()
	records, err := s.node.Subscribe(ctx, from)
	if err != nil {
		return err
	}
	out := web.StartEvents(c, s.limits.Write)
	defer out.End()
	if err := out.Write("retry: 2000\n: hospital chain stream\n\n"); err != nil {
		return nil
	}
	s.follow(ctx.Done(), records, out)
	return nil
}

func (s *Stream) operation(tag web.Tag, responses map[string]*huma.Response) *huma.Operation {
	responses["200"] = &huma.Response{Description: "The stream",
		Content: map[string]*huma.MediaType{
			web.EventStream: {Schema: &huma.Schema{Type: huma.TypeString},
				Example: "id: 17\nevent: record\ndata: {\"height\":22,\"id\":\"957dea022a8d…\",\"index\":17}\n\n"}}}
	return &huma.Operation{
		OperationID: "chain-stream", Method: http.MethodGet, Path: route,
		Summary: "Records as they are committed, as server-sent events", Tags: s.api.Tagged(tag),
		Description: "Event `record`: id is the index in the log, data a committed record. Begins at from, or after the Last-Event-ID header, or with the next record.",
		Parameters: []*huma.Param{
			{Name: "from", In: "query", Description: "Index in the log to begin at",
				Schema: &huma.Schema{Type: huma.TypeInteger}},
			{Name: "Last-Event-ID", In: "header", Description: "Index of the last record seen; wins over from",
				Schema: &huma.Schema{Type: huma.TypeInteger}},
		},
		Responses: responses,
	}
}

// begin is the log index a stream starts at.
func (s *Stream) begin(c echo.Context) (uint64, error) {
	text, after := c.QueryParam("from"), uint64(0)
	if last := c.Request().Header.Get("Last-Event-ID"); last != "" { // a browser that comes back keeps its first URL
		text, after = last, 1
	}
	if text == "" {
		return s.node.Health(c.Request().Context()).Records, nil
	}
	n, err := strconv.ParseUint(text, 10, 53)
	if err != nil {
		return 0, problem.New("invalid-input", "from and Last-Event-ID are indexes in the log",
			problem.Field{Field: "query.from", Rule: "0 to 2^53-1"})
	}
	return n + after, nil
}

func (s *Stream) follow(done <-chan struct{}, records <-chan chain.Committed, out *web.EventWriter) {
	beat := time.NewTicker(s.limits.Beat)
	defer beat.Stop()
	for {
		var err error
		select {
		case <-done:
			return
		case <-s.open.Done():
			return
		case r, ok := <-records:
			if !ok { // the node stops
				return
			}
			err = sendRecord(out, r)
		case <-beat.C:
			err = out.Write(": beat\n\n")
		}
		if err != nil {
			return
		}
	}
}

func sendRecord(out *web.EventWriter, r chain.Committed) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return out.Write(fmt.Sprintf("id: %d\nevent: record\ndata: %s\n\n", r.Index, b))
}
