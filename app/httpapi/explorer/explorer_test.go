package explorer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/httpapi/explorer/stream"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/outbox"
	"github.com/smart-hospital/hospital/chain/watch"
)

// observatory is an explorer over a real single-validator chain.
type observatory struct {
	t      *testing.T
	ward   *chaintest.Ward
	node   *comet.Node
	server *httptest.Server
	pages  *Explorer
}

func openObservatory(t *testing.T, backlog Backlog, limits web.StreamLimits) *observatory {
	t.Helper()
	o := &observatory{t: t, ward: chaintest.NewWard(time.Now().Add(-time.Minute))}
	dir := t.TempDir()
	members, err := home.InitGenesis(dir, o.ward.Members, "h1", o.ward.Start)
	if err != nil {
		t.Fatal(err)
	}
	o.ward.Members = members
	o.node, err = comet.Start(t.Context(),
		comet.Config{Dir: dir, Sealer: o.ward.Orgs["h1"].Seal, Member: "h1", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.node.Stop() })
	a := web.New(slog.New(slog.DiscardHandler), nil, "test")
	a.Refuses(Refusals)
	alarms, err := watch.New(watch.Config{Dir: t.TempDir(), Node: o.node, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	o.pages = registerExplorer(a, o.node, backlog, alarms, limits)
	o.server = httptest.NewServer(a.Echo)
	t.Cleanup(func() { o.pages.Shutdown(); o.server.Close() })
	o.submit(o.ward.Enrolments()...)
	return o
}

func (o *observatory) submit(recs ...chain.Record) {
	o.t.Helper()
	for _, r := range recs {
		out, err := o.node.Submit(o.t.Context(), []chain.Record{r})
		if err != nil || out[0].Code != chain.CodeOK {
			o.t.Fatal(out, err)
		}
	}
}

func (o *observatory) get(path string) (int, []byte, string) { return o.do("GET", path, "") }

func (o *observatory) do(method, path, body string) (int, []byte, string) {
	o.t.Helper()
	r, err := http.NewRequestWithContext(o.t.Context(), method, o.server.URL+path, strings.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		o.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	var p struct{ Code string }
	_ = json.Unmarshal(b, &p)
	if p.Code == "receipt-not-sealed" && resp.Header.Get("Retry-After") == "" {
		o.t.Error("no Retry-After")
	}
	return resp.StatusCode, b, p.Code
}

// read decodes a 200.
func (o *observatory) read(path string, v any) {
	o.t.Helper()
	status, b, _ := o.get(path)
	if err := json.Unmarshal(b, v); err != nil || status != 200 {
		o.t.Fatalf("%s: %d %s", path, status, b)
	}
}

// sealed asks for a record's receipt until it is there and returns its bytes.
func (o *observatory) sealed(id string) []byte {
	o.t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		status, b, code := o.get("/v1/chain/records/" + id + "/receipt")
		if status == 200 {
			return b
		}
		if code != "receipt-not-sealed" || time.Now().After(end) {
			o.t.Fatalf("%d %s", status, b)
		}
	}
}

func TestExplorerPages(t *testing.T) {
	o := openObservatory(t, nil, stream.Limits)
	journey := o.ward.Journey("RX1", time.Now())
	o.submit(journey...)
	last := journey[len(journey)-1]
	o.sealed(last.ID())

	var health struct {
		chain.Health
		Members int
	}
	o.read("/v1/chain", &health)
	if !health.Ready || health.Records != uint64(len(journey)+5) || health.Members != len(o.ward.Members.Members) ||
		health.ChainID != o.node.ID() {
		t.Errorf("%+v", health)
	}
	_, file, _ := o.get("/v1/chain/members.json")
	members, err := membership.ParseMembers(file)
	if err != nil || members.Digest() != o.ward.Members.Digest() {
		t.Fatalf("members file: %v", err)
	}
	var seen []string
	for before := int64(0); ; {
		var page struct {
			Blocks []chain.Block
			Next   int64
		}
		o.read(fmt.Sprintf("/v1/chain/blocks?limit=3&before=%d", before), &page)
		for _, b := range page.Blocks {
			seen = append(b.Records, seen...)
			var single chain.Block
			if o.read(fmt.Sprintf("/v1/chain/blocks/%d", b.Height), &single); single.StateRoot != b.StateRoot {
				t.Errorf("block %d: %+v", b.Height, single)
			}
		}
		if before = page.Next; before == 0 {
			break
		}
	}
	if len(seen) != len(journey)+5 || seen[len(seen)-1] != last.ID() {
		t.Errorf("blocks show %d records", len(seen))
	}
	var subject struct {
		State   chain.SubjectState
		Records []chain.Committed
		Proof   *chain.StatusReceipt
	}
	o.read("/v1/chain/subjects/rx%3ARX1", &subject) // as encodeURIComponent writes it
	if subject.State.Status != chain.StatusDispensed || len(subject.Records) != 5 || subject.Proof == nil {
		t.Fatalf("%+v", subject)
	}
	if err := chain.VerifyStatus(members, subject.Proof); err != nil {
		t.Error(err)
	}
	var record struct {
		State  string
		Record *chain.Committed
	}
	if o.read("/v1/chain/records/"+last.ID(), &record); record.State != outbox.Committed ||
		record.Record.Record.ID() != last.ID() {
		t.Errorf("%+v", record)
	}
	var newest, first chain.SealedHeader
	o.read("/v1/chain/headers/0", &newest)
	if err := chain.NewTimeline(chaintest.Must(members.Open())).VerifySealed(&newest); err != nil ||
		newest.Header.LogSize != health.Records {
		t.Errorf("%+v %v", newest, err)
	}
	for h := int64(1); first.Header.Height == 0; h++ {
		if status, b, _ := o.get(fmt.Sprintf("/v1/chain/headers/%d", h)); status == 200 {
			first = *chaintest.Must(chain.ParseSealedHeader(b))
		}
	}
	_, b, _ := o.get(fmt.Sprintf("/v1/chain/consistency?old=%d", first.Header.Height))
	if c, err := chain.ParseConsistency(b); err != nil || c.Check() != nil || c.Old.Header != first.Header ||
		c.New.Header != newest.Header || len(c.Path) == 0 {
		t.Errorf("%s %v", b, err)
	}
	var alarms watch.Report
	if o.read("/v1/chain/alarms", &alarms); alarms.Open == nil || len(alarms.Open) != 0 {
		t.Errorf("%+v", alarms)
	}
	if _, b, _ := o.get("/v1/chain/changes"); string(bytes.TrimSpace(b)) != `{"changes":[]}` {
		t.Errorf("nothing is voted on: %s", b)
	}
	unknown := strings.Repeat("0", 64)
	for path, want := range map[string]string{
		"/v1/chain/records/" + unknown:              "record-not-found",
		"/v1/chain/records/" + unknown + "/receipt": "record-not-found",
		"/v1/chain/subjects/rx:none":                "record-not-found",
		"/v1/chain/blocks/999999":                   "record-not-found",
		"/v1/chain/headers/999999":                  "record-not-found",
		"/v1/chain/consistency?old=999999":          "record-not-found",
		"/v1/chain/consistency?old=0":               "invalid-input",
		"/v1/chain/records/xyz":                     "invalid-input",
		"/v1/chain/subjects/patient:1":              "invalid-input",
		"/v1/chain/blocks?limit=1000":               "invalid-input",
		"/v1/chain/stream?from=-1":                  "invalid-input",
	} {
		if status, b, code := o.get(path); code != want {
			t.Errorf("%s: %d %s", path, status, b)
		}
	}
}

// TestReceiptsAreStrictAndVerify: what the server hands out is what the strict parser and the
// offline check take.
func TestReceiptsAreStrictAndVerify(t *testing.T) {
	o := openObservatory(t, nil, stream.Limits)
	issue := o.ward.Issued("RX1", time.Now())
	o.submit(issue)
	b := o.sealed(issue.ID())
	r, err := chain.ParseReceipt(b)
	if err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	if err := chain.VerifyReceipt(o.ward.Members, r); err != nil {
		t.Fatal(err)
	}
	var subject struct{ Proof json.RawMessage }
	o.read("/v1/chain/subjects/rx:RX1", &subject)
	for _, tt := range []struct{ name, body, kind, reason string }{
		{"good receipt", string(b), "receipt", ""},
		{"good proof", string(subject.Proof), "status", ""},
		{"other subject", strings.Replace(string(b), "rx:RX1", "rx:RX2", 1), "receipt", "organisation-signature"},
		{"other index", strings.Replace(string(b), `"index":5`, `"index":4`, 1), "receipt", "path"},
		{"other state", strings.Replace(string(subject.Proof), `"status":"signed"`, `"status":"paid"`, 1),
			"status", "path"},
		{"unknown field", strings.Replace(string(b), `{`, `{"x":1,`, 1), "", "malformed"},
		{"nothing", `{}`, "", "malformed"},
		{"a number", `1`, "", "malformed"},
	} {
		status, out, _ := o.do("POST", "/v1/chain/verify", tt.body)
		var v Verdict
		if err := json.Unmarshal(out, &v); err != nil || status != 200 {
			t.Errorf("%s: %d %s", tt.name, status, out)
			continue
		}
		if v.Valid != (tt.reason == "") || v.Reason != tt.reason || v.Type != tt.kind {
			t.Errorf("%s: %s", tt.name, out)
		}
	}
}

func TestRecordsOnTheirWay(t *testing.T) {
	db := httpapitest.Memory(t)
	if err := outbox.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	o := openObservatory(t, OutboxBacklog{db}, stream.Limits)
	waiting := o.ward.Issued("RX1", time.Now())
	refused := o.ward.Issued("RX2", time.Now())
	for _, r := range []chain.Record{waiting, refused} {
		if err := outbox.Append(db.DB, r.Statement.Subject, r, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Exec("UPDATE outbox SET state = 'dead', code = ? WHERE id = ?", chain.CodeTransition,
		refused.ID()).Error; err != nil {
		t.Fatal(err)
	}
	if status, b, code := o.get("/v1/chain/records/" + waiting.ID() + "/receipt"); status != 409 ||
		code != "receipt-not-sealed" {
		t.Errorf("waiting: %d %s", status, b)
	}
	if status, b, code := o.get("/v1/chain/records/" + refused.ID() + "/receipt"); status != 409 ||
		code != "record-refused" || !strings.Contains(string(b), "transition") {
		t.Errorf("refused: %d %s", status, b)
	}
	var record struct{ State, Verdict string }
	if o.read("/v1/chain/records/"+waiting.ID(), &record); record.State != outbox.Pending {
		t.Errorf("%+v", record)
	}
	if o.read("/v1/chain/records/"+refused.ID(), &record); record.State != outbox.Dead ||
		record.Verdict != "transition" {
		t.Errorf("%+v", record)
	}
	o.submit(waiting) // the relay, at last
	o.sealed(waiting.ID())
}

// tap is a client of the live stream.
type tap struct {
	t      *testing.T
	resp   *http.Response
	lines  *bufio.Scanner
	cancel context.CancelFunc
}

func (o *observatory) tap(query, lastID string) *tap {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), 20*time.Second)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, o.server.URL+"/v1/chain/stream"+query, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		o.t.Fatal(err)
	}
	x := &tap{o.t, resp, bufio.NewScanner(resp.Body), cancel}
	x.lines.Buffer(nil, 1<<20)
	o.t.Cleanup(x.close)
	return x
}

func (x *tap) close() { x.cancel(); x.resp.Body.Close() }

// next returns the next record and its event id; ok is false at the stream's end.
func (x *tap) next() (c chain.Committed, id string, ok bool) {
	x.t.Helper()
	for x.lines.Scan() {
		if v, found := strings.CutPrefix(x.lines.Text(), "id: "); found {
			id = v
		}
		if v, found := strings.CutPrefix(x.lines.Text(), "data: "); found {
			if err := json.Unmarshal([]byte(v), &c); err != nil {
				x.t.Fatal(err)
			}
			return c, id, true
		}
	}
	return c, id, false
}

// TestStreamResumes: a reader that falls off after every second record and comes back with
// Last-Event-ID sees each once.
func TestStreamResumes(t *testing.T) {
	o := openObservatory(t, nil, stream.Limits)
	journey := o.ward.Journey("RX1", time.Now())
	live := o.tap("", "") // from the next record on
	go func() {
		for _, r := range journey {
			_, _ = o.node.Submit(context.Background(), []chain.Record{r})
		}
	}()
	for i, want := range journey {
		if c, _, ok := live.next(); !ok || c.ID != want.ID() || c.Index != uint64(i+5) {
			t.Fatalf("live %d: %+v", i, c)
		}
	}
	last, index := "", uint64(0)
	for total := uint64(len(journey) + 5); index < total; {
		x := o.tap("?from=0", last)
		for range 2 {
			if index == total {
				break
			}
			c, id, ok := x.next()
			if !ok || c.Index != index || id != fmt.Sprint(index) {
				t.Fatalf("got %d (%s), want %d", c.Index, id, index)
			}
			last, index = id, index+1
		}
		x.close()
	}
}

func TestStreamLimitsBeatAndShutdown(t *testing.T) {
	limits := stream.Limits
	limits.PerAddress, limits.Beat = 2, 20*time.Millisecond
	o := openObservatory(t, nil, limits)
	x := o.tap("", "")
	beat := false
	for !beat && x.lines.Scan() {
		beat = x.lines.Text() == ": beat"
	}
	if !beat || x.resp.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" {
		t.Fatal("no heartbeat")
	}
	second := o.tap("", "")
	if status, b, code := o.get("/v1/chain/stream"); status != 503 || code != "too-many-streams" {
		t.Fatalf("third: %d %s", status, b)
	}
	o.pages.Shutdown()
	if _, _, ok := second.next(); ok || second.lines.Err() != nil {
		t.Fatalf("after shutdown: %v", second.lines.Err())
	}
}

func TestExplorerIsRateLimited(t *testing.T) {
	o := openObservatory(t, nil, stream.Limits)
	for range explorerBurst * 3 {
		if status, _, code := o.get("/v1/chain"); status == 429 && code == "rate-limited" {
			return
		}
	}
	t.Fatal("no request was refused")
}

// TestExplorerNamesNobody: what the explorer shows of a journey holds opaque ids only.
func TestExplorerNamesNobody(t *testing.T) {
	o := openObservatory(t, nil, stream.Limits)
	journey := o.ward.Journey("RX1", time.Now())
	o.submit(journey...)
	o.sealed(journey[len(journey)-1].ID())
	for _, path := range []string{"/v1/chain", "/v1/chain/blocks", "/v1/chain/subjects/rx:RX1",
		"/v1/chain/subjects/pay:RX1"} {
		_, b, _ := o.get(path)
		if i := strings.IndexFunc(string(b), func(r rune) bool { return r > 0x7e }); i >= 0 {
			t.Errorf("%s holds more than ASCII: ids and digests need no more", path)
		}
	}
}
