package explorer

import (
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
)

var streamsOpen = promauto.NewGauge(
	prometheus.GaugeOpts{Name: "hospital_chain_streams", Help: "Live streams of the chain that are open."})

var defaultStreamLimits = web.StreamLimits{Total: 500, PerAddress: 10, Write: 10 * time.Second, Beat: 15 * time.Second}

const streamRoute = "/v1/chain/stream"

// stream sends records as server-sent events (HTML Living Standard section 9.2): id is the record's
// index in the log, event is "record", data the committed record as JSON. It begins at ?from=index,
// or after Last-Event-ID, or with the next record. It holds no queue: the next record is read from
// the ledger when the last one has left.
func (e *Explorer) stream(c echo.Context) error {
	ctx := c.Request().Context()
	from, err := e.begin(c)
	if err != nil {
		return err
	}
	leave, err := e.enter(web.NetworkOf(c))
	if err != nil {
		return err
	}
	defer leave()
	records, err := e.node.Subscribe(ctx, from)
	if err != nil {
		return err
	}
	out := web.StartEvents(c, e.limits.Write)
	if err := out.Write("retry: 2000\n: hospital chain stream\n\n"); err != nil {
		return nil
	}
	e.follow(ctx.Done(), records, out)
	return nil
}

func (e *Explorer) streamOperation(responses map[string]*huma.Response) *huma.Operation {
	responses["200"] = &huma.Response{Description: "The stream",
		Content: map[string]*huma.MediaType{
			web.EventStream: {Schema: &huma.Schema{Type: huma.TypeString},
				Example: "id: 17\nevent: record\ndata: {\"height\":22,\"id\":\"957dea022a8d…\",\"index\":17}\n\n"}}}
	return &huma.Operation{
		OperationID: "chain-stream", Method: http.MethodGet, Path: streamRoute,
		Summary: "Records as they are committed, as server-sent events", Tags: e.api.Tagged(tagChain),
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
func (e *Explorer) begin(c echo.Context) (uint64, error) {
	text, after := c.QueryParam("from"), uint64(0)
	if last := c.Request().Header.Get("Last-Event-ID"); last != "" { // a browser that comes back keeps its first URL
		text, after = last, 1
	}
	if text == "" {
		return e.node.Health(c.Request().Context()).Records, nil
	}
	n, err := strconv.ParseUint(text, 10, 53)
	if err != nil {
		return 0, problem.New("invalid-input", "from and Last-Event-ID are indexes in the log",
			problem.Field{Field: "query.from", Rule: "0 to 2^53-1"})
	}
	return n + after, nil
}

func (e *Explorer) follow(done <-chan struct{}, records <-chan chain.Committed, out *web.EventWriter) {
	beat := time.NewTicker(e.limits.Beat)
	defer beat.Stop()
	for {
		var err error
		select {
		case <-done:
			return
		case <-e.open.Done():
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

// enter counts a stream in.
func (e *Explorer) enter(address string) (leave func(), err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.total >= e.limits.Total || e.streams[address] >= e.limits.PerAddress {
		return nil, tooManyStreams.New("as many live streams are open as may be")
	}
	e.total++
	e.streams[address]++
	streamsOpen.Inc()
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.total--
		if e.streams[address]--; e.streams[address] == 0 {
			delete(e.streams, address)
		}
		streamsOpen.Dec()
	}, nil
}

func sendRecord(s *web.EventWriter, r chain.Committed) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return s.Write(fmt.Sprintf("id: %d\nevent: record\ndata: %s\n\n", r.Index, b))
}
