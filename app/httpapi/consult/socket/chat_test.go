package socket

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/coder/websocket"
	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// What is no WebSocket's handshake was answered in plain text.
func TestSocketWantsAHandshake(t *testing.T) {
	c := startClinic(t, httpapitest.Memory(t), nil, defaultLimits)
	at := c.server.URL + "/v1/consultations/" + c.visit() + "/chat"
	key, upgrade := "AAAAAAAAAAAAAAAAAAAAAA==", []string{"Connection", "keep-alive, Upgrade", "Upgrade", "websocket"}
	for name, headers := range map[string][]string{
		"a page's GET": {}, "another protocol": {"Connection", "Upgrade", "Upgrade", "h2c"},
		"not this connection's": {"Upgrade", "websocket"},
		"an old version":        append(upgrade, "Sec-WebSocket-Version", "8", "Sec-WebSocket-Key", key),
		"no key":                append(upgrade, "Sec-WebSocket-Version", "13"),
		"a short key":           append(upgrade, "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "AAAA"),
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(headers); i += 2 {
			req.Header.Set(headers[i], headers[i+1])
		}
		res, err := c.server.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		var p struct{ Code string }
		err = json.NewDecoder(res.Body).Decode(&p)
		_ = res.Body.Close()
		if kind := res.Header.Get("Content-Type"); err != nil || res.StatusCode != http.StatusUpgradeRequired ||
			kind != "application/problem+json" || p.Code != "upgrade-required" {
			t.Errorf("%s: %d %s %+v %v", name, res.StatusCode, kind, p, err)
		}
	}
}

func TestSocketRoundTrip(t *testing.T) {
	c := startClinic(t, httpapitest.Memory(t), nil, defaultLimits)
	id := c.visit()
	pat, doc := c.dial("pat", id, 0), c.dialRaw(id, 3, []string{Subprotocol, tokenProtocol + "doc"})
	if doc.conn.Subprotocol() != Subprotocol {
		t.Errorf("subprotocol %q: the token must not be echoed", doc.conn.Subprotocol())
	}
	hello := pat.until("hello")
	if hello.LastSeq != 3 || hello.Epoch == "" || hello.State != consult.Active {
		t.Fatalf("%+v", hello)
	}
	for want := int64(1); want <= 3; want++ { // history: three system messages
		if f := pat.until("message"); f.Message.Seq != want || f.Message.Kind != chat.KindSystem {
			t.Fatalf("%+v", f.Message)
		}
	}
	doc.until("hello")
	pat.put(frame{Type: "send", ClientID: "client-id-1", Kind: chat.KindText, Text: "您好"})
	if f := doc.until("message"); f.Message.Seq != 4 || f.Message.Text != "您好" ||
		f.Message.Sender != consult.SidePatient {
		t.Fatalf("%+v", f.Message)
	}
	if f := pat.until("ack"); f.ClientID != "client-id-1" || f.Seq != 4 {
		t.Fatalf("%+v", f)
	}
	pat.put(frame{Type: "send", ClientID: "client-id-1", Kind: chat.KindText, Text: "您好"}) // the ack was lost, say
	if f := pat.until("ack"); f.Seq != 4 {
		t.Fatalf("repeated: %+v", f)
	}
	doc.put(frame{Type: "read", Seq: 4})
	if f := pat.until("marks"); f.Read.Doctor != 4 || f.Read.Patient != 0 {
		t.Fatalf("%+v", f.Read)
	}
	pat.put(frame{Type: "send", ClientID: "client-id-2", Kind: chat.KindText, Text: " "})
	if f := pat.until("error"); f.Code != "invalid-input" || f.ClientID != "client-id-2" {
		t.Fatalf("%+v", f)
	}
	pat.put(frame{Type: "ping"})
	pat.until("pong")
	pat.put(frame{Type: "dance"})
	if f := pat.until("error"); f.Code != "invalid-input" {
		t.Fatalf("%+v", f)
	}
}

func TestSocketRefusals(t *testing.T) {
	limits := defaultLimits
	limits.Auth, limits.Refused = 300*time.Millisecond, 3
	c := startClinic(t, httpapitest.Memory(t), nil, limits)
	id := c.visit()
	silent := c.dialRaw(id, 0, nil)
	for _, tt := range []struct {
		name string
		line func() *line
		want websocket.StatusCode
	}{
		{"unknown token", func() *line { return c.dial("nobody", id, 0) }, closeSession},
		{"no auth frame", func() *line { l := c.dialRaw(id, 0, nil); l.put(frame{Type: "send"}); return l },
			closeSession},
		{"says nothing", func() *line { return silent }, -1}, // the library tears a connection whose read timed out
		{"stranger", func() *line { return c.dial("str", id, 0) }, closeNotFound},
		{"another doctor", func() *line { return c.dial("odd", id, 0) }, closeNotFound},
		{"unknown consultation", func() *line { return c.dial("pat", "CN20261122000000000000", 0) }, closeNotFound},
		{"frame too large", func() *line {
			l := c.dial("pat", id, 0)
			l.put(frame{Type: "send", Text: strings.Repeat("x", 17<<10)})
			return l
		}, websocket.StatusMessageTooBig},
		{"not JSON", func() *line {
			l := c.dial("pat", id, 0)
			_ = l.conn.Write(t.Context(), websocket.MessageText, []byte("hello"))
			return l
		}, websocket.StatusUnsupportedData},
		{"flood", func() *line {
			l := c.dial("pat", id, 0)
			for range limits.Burst + 10 {
				_ = l.conn.Write(t.Context(), websocket.MessageText, []byte(`{"type":"ping"}`))
			}
			return l
		}, closeTooMany},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.line().closed(); got != tt.want {
				t.Errorf("closed with %d, want %d", got, tt.want)
			}
		})
	}
}

// TestSocketFrames: a socket's frames are read as strictly as a request's body: exact names, none
// twice, no half characters.
func TestSocketFrames(t *testing.T) {
	c := startClinic(t, httpapitest.Memory(t), nil, defaultLimits)
	id := c.visit()
	send := func(l *line, frame string) *line {
		_ = l.conn.Write(t.Context(), websocket.MessageText, []byte(frame))
		return l
	}
	for name, frame := range map[string]string{
		"a name twice":             `{"type":"ping","type":"ping"}`,
		"a name in another case":   `{"Type":"ping"}`,
		"both cases":               `{"type":"ping","TYPE":"send"}`,
		"an unknown name":          `{"type":"ping","loud":true}`,
		"a lone surrogate":         `{"type":"send","clientId":"client-id-9","kind":"text","text":"\ud83d"}`,
		"a noncharacter":           `{"type":"send","clientId":"client-id-9","kind":"text","text":"\uffff"}`,
		"bytes that are not UTF-8": "{\"type\":\"send\",\"clientId\":\"client-id-9\",\"kind\":\"text\",\"text\":\"\xed\xa0\xbd\"}",
		"something behind it":      `{"type":"ping"}{"type":"ping"}`,
		"a list":                   `[{"type":"ping"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := send(c.dial("pat", id, 0), frame).closed(); got != websocket.StatusUnsupportedData &&
				got != websocket.StatusInvalidFramePayloadData {
				t.Errorf("closed with %d", got)
			}
			auth := strings.Replace(frame, `"ping"`, `"auth","token":"pat"`, 1)
			if got := send(c.dialRaw(id, 0, nil), auth).closed(); got != closeSession &&
				got != websocket.StatusInvalidFramePayloadData {
				t.Errorf("as the first frame: closed with %d", got)
			}
		})
	}
	if _, body, _ := c.call("doc", "GET", "/v1/consultations/"+id+"/messages", nil); strings.Contains(string(body),
		`"kind":"text"`) {
		t.Errorf("one was taken: %s", body)
	}
	good := c.dial("pat", id, 0)
	send(good, `{"clientId":"client-id-9","kind":"text","text":"\ud83d\ude00","type":"send"}`)
	good.until("ack")
}

func TestTooManySockets(t *testing.T) {
	c := startClinic(t, httpapitest.Memory(t), nil, defaultLimits)
	id := c.visit()
	var lines []*line
	for range web.MaxReaders {
		l := c.dial("pat", id, 0)
		l.until("hello")
		lines = append(lines, l)
	}
	if got := c.dial("pat", id, 0).closed(); got != closeTooMany {
		t.Fatalf("closed with %d", got)
	}
	if status, _, code := c.call("pat", "GET", "/v1/consultations/"+id+"/messages?since=3&wait=1",
		nil); status != 429 || code != "too-many-readers" {
		t.Fatalf("long poll: %d %s", status, code)
	}
	_ = lines[0].conn.Close(websocket.StatusNormalClosure, "")
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		l := c.dial("pat", id, 0)
		if f, err := l.next(); err == nil && f.Type == "hello" {
			return // the place of the one that left is free
		} else if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

// TestSocketEndsWithTheSession: the client is told why. Once the connection's context was cancelled
// before the close frame was out, and now and then a client saw a torn connection instead of 4401
// and came back for ever.
func TestSocketEndsWithTheSession(t *testing.T) {
	limits := defaultLimits
	limits.Judge = 30 * time.Millisecond
	c := startClinic(t, httpapitest.Memory(t), nil, limits)
	l := c.dial("pat", c.visit(), 0)
	l.until("hello")
	c.sessions.End("pat")
	if got := l.closed(); got != closeSession {
		t.Fatalf("closed with %d", got)
	}
}

// TestReadingNeedsNoConsent: who has not agreed to the papers, or takes it back with the chat open,
// reads on by every road and writes nothing. The socket once said that the session had ended, and
// the phone logged its owner out.
func TestReadingNeedsNoConsent(t *testing.T) {
	limits := defaultLimits
	limits.Judge = 5 * time.Millisecond
	c := startClinic(t, httpapitest.Memory(t), nil, limits)
	id := c.visit()
	path := "/v1/consultations/" + id + "/messages"
	due := func(due accounts.Due) {
		pat := httpapitest.People["pat"]
		pat.Due = due
		c.sessions.Begin("pat", pat)
	}
	write := func(l *line, want string) frame {
		l.put(frame{Type: "send", ClientID: "client-" + want, Kind: chat.KindText, Text: want})
		return l.until(want)
	}
	l := c.dial("pat", id, 0)
	l.until("hello")
	due(accounts.DueConsent)
	if f := write(l, "error"); f.Code != "consent-required" {
		t.Errorf("written without consent: %+v", f)
	}
	again := c.dial("pat", id, 0)
	again.until("hello")
	if f := write(again, "error"); f.Code != "consent-required" {
		t.Errorf("written without consent: %+v", f)
	}
	if status, b, _ := c.call("pat", "GET", path+"?since=99&wait=1", nil); status != http.StatusOK {
		t.Errorf("the long poll: %d %s", status, b)
	}
	due(accounts.DueNothing)
	write(l, "ack")
	write(again, "ack")
	due(accounts.DuePassword)
	if got := l.closed(); got != closeSession {
		t.Errorf("closed with %d", got)
	}
}

// TestNothingIsDeliveredAfterLogOut: a message that was written after log-out still came, by socket
// and by long poll, for as long as the next look at the session took.
func TestNothingIsDeliveredAfterLogOut(t *testing.T) {
	limits := defaultLimits
	limits.Judge = time.Hour // what is delivered is looked at by itself
	c := startClinic(t, httpapitest.Memory(t), nil, limits)
	id := c.visit()
	path := "/v1/consultations/" + id + "/messages"
	l := c.dial("pat", id, 0)
	l.until("hello")
	c.sessions.Outage(nil) // counts anew
	polled := make(chan int, 1)
	go func() {
		status, _, _ := c.call("pat", "GET", path+"?since=3&wait=20", nil)
		polled <- status
	}()
	for c.sessions.Asked() == 0 { // until the poll has come in
		runtime.Gosched()
	}
	c.sessions.End("pat")
	if status, b, _ := c.send("doc", "POST", path, "application/json",
		strings.NewReader(`{"kind":"text","text":"检查结果是阴性"}`), "client-id-late"); status != 201 {
		t.Fatalf("%d %s", status, b)
	}
	for {
		f, err := l.next()
		if err != nil {
			if got := websocket.CloseStatus(err); got != closeSession {
				t.Errorf("closed with %d", got)
			}
			break
		}
		if f.Type == "message" && f.Message.Text == "检查结果是阴性" {
			t.Error("the socket delivered it")
		}
	}
	if status := <-polled; status != http.StatusUnauthorized {
		t.Errorf("the long poll answers %d", status)
	}
}

// TestNothingIsDoneAfterLogOut: each frame of a session that has ended ends the socket, however
// seldom an idle one is looked at.
func TestNothingIsDoneAfterLogOut(t *testing.T) {
	limits := defaultLimits
	limits.Judge = time.Hour
	late := []frame{{Type: "read", Seq: 1},
		{Type: "send", ClientID: "client-id-late", Kind: chat.KindText, Text: "在吗"}}
	for _, f := range late {
		c := startClinic(t, httpapitest.Memory(t), nil, limits)
		l := c.dial("pat", c.visit(), 0)
		l.until("hello")
		c.sessions.End("pat")
		l.put(f)
		if got := l.closed(); got != closeSession {
			t.Errorf("%s: closed with %d", f.Type, got)
		}
	}
}

// TestSocketOutlivesAnOutage: a session store that did not answer at a beat ended the session on
// the phone, with the drafts in it.
func TestSocketOutlivesAnOutage(t *testing.T) {
	limits := defaultLimits
	limits.Judge = 5 * time.Millisecond
	c := startClinic(t, httpapitest.Memory(t), nil, limits)
	l := c.dial("pat", c.visit(), 0)
	l.until("hello")
	c.sessions.Outage(fmt.Errorf("%w: connection refused", accounts.ErrUnavailable))
	for end := time.Now().Add(20 * time.Second); c.sessions.Asked() < 3; time.Sleep(40 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the session is not asked for again")
		}
		l.put(frame{Type: "ping"}) // whoever reads answers the server's own pings as well
		l.until("pong")
	}
	l.put(frame{Type: "send", ClientID: "in-the-outage", Kind: chat.KindText, Text: "在吗"})
	l.until("ack")
	c.sessions.Outage(nil)
	c.sessions.End("pat")
	if got := l.closed(); got != closeSession {
		t.Fatalf("closed with %d", got)
	}
}

// TestServerRestart: a socket says 1001, the client writes while the server is away, and everything
// is there afterwards.
func TestServerRestart(t *testing.T) {
	dsn := "sqlite:" + t.TempDir() + "/test.db"
	first := startClinic(t, sqlstoretest.Open(t, dsn), nil, defaultLimits)
	id := first.visit()
	pat := first.dial("pat", id, 0)
	hello := pat.until("hello")
	pat.put(frame{Type: "send", ClientID: "before-stop", Kind: chat.KindText, Text: "一"})
	ack := pat.until("ack")
	go first.stop()
	if got := pat.closed(); got != websocket.StatusGoingAway {
		t.Fatalf("closed with %d", got)
	}
	second := startClinic(t, sqlstoretest.Open(t, dsn), nil, defaultLimits)
	doc := second.dial("doc", id, 0)
	pat = second.dial("pat", id, ack.Seq)
	// as if the ack had been lost
	pat.put(frame{Type: "send", ClientID: "before-stop", Kind: chat.KindText, Text: "一"})
	pat.put(frame{Type: "send", ClientID: "while-down", Kind: chat.KindText, Text: "二"})
	again := pat.until("hello")
	if again.Epoch != hello.Epoch {
		t.Fatal("the same stream has another epoch")
	}
	if f := pat.until("message"); f.Message.Seq != ack.Seq+1 || f.Message.Text != "二" {
		t.Fatalf("%+v", f.Message)
	}
	for want := int64(1); want <= ack.Seq+1; want++ {
		if f := doc.until("message"); f.Message.Seq != want {
			t.Fatalf("got %d, want %d", f.Message.Seq, want)
		}
	}
}

// TestSlowReader: one that does not read is cut off, the writer is not held up, and nothing is lost
// when it is back.
func TestSlowReader(t *testing.T) {
	limits := defaultLimits
	limits.Write = 300 * time.Millisecond
	c := startClinic(t, httpapitest.Memory(t), nil, limits)
	id := c.visit()
	dialer := net.Dialer{}
	narrow := &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, addr)
			if err == nil {
				err = conn.(*net.TCPConn).SetReadBuffer(4 << 10)
			}
			return conn, err
		}}}
	conn, _, err := websocket.Dial(t.Context(), c.server.URL+"/v1/consultations/"+id+"/chat",
		&websocket.DialOptions{HTTPClient: narrow, Subprotocols: []string{Subprotocol, tokenProtocol + "doc"}})
	if err != nil {
		t.Fatal(err)
	}
	conn.SetReadLimit(1 << 20)
	defer conn.CloseNow()
	const n = 60
	for i := range n {
		if _, _, err := c.svc.Post(t.Context(), "u-pat", id,
			chat.Outgoing{ClientID: fmt.Sprintf("client-%02d", i), Kind: chat.KindText,
				Text: strings.Repeat("长", chat.MaxText)}); err != nil {
			t.Fatal(err)
		}
	}
	gone := make(chan struct{})
	go func() { c.sockets.open.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Fatal("the slow reader still holds its place")
	}
	slow, last := &line{t, conn}, int64(0)
	for { // what had left the server before it gave up
		f, err := slow.next()
		if err != nil {
			break
		}
		if f.Type == "message" {
			last = f.Message.Seq
		}
	}
	if last >= n+3 {
		t.Fatal("nothing was held back: the test does not test")
	}
	back := c.dial("doc", id, last)
	for want := last + 1; want <= n+3; want++ {
		if f := back.until("message"); f.Message.Seq != want {
			t.Fatalf("got %d, want %d", f.Message.Seq, want)
		}
	}
}

// TestTwoServersOneStream: eight senders over two instances that share a database and a Redis;
// every reader, on either instance and one of them falling off again and again, sees 1, 2, 3 …
// without gap or double.
func TestTwoServersOneStream(t *testing.T) {
	const senders, each = 8, 6
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		mr := miniredis.RunT(t)
		client := func() redis.UniversalClient {
			r := redis.NewClient(&redis.Options{Addr: mr.Addr()})
			t.Cleanup(func() { _ = r.Close() })
			return r
		}
		limits := defaultLimits
		limits.Rate = 1000
		a, b := startClinic(t, sqlstoretest.Open(t, dsn), client(), limits),
			startClinic(t, sqlstoretest.Open(t, dsn), client(), limits)
		id := a.visit()
		const total = senders*each + 3
		var wg sync.WaitGroup
		for n := range senders {
			wg.Go(func() {
				l := []*clinic{a, b}[n%2].dial([]string{"pat", "doc"}[n/2%2], id, 0)
				for i := range each {
					clientID := fmt.Sprintf("client-%d-%d", n, i)
					l.put(frame{Type: "send", ClientID: clientID, Kind: chat.KindText, Text: clientID})
				}
				seen := int64(0)
				for acks := 0; acks < each || seen < total; {
					f, err := l.next()
					if err != nil {
						t.Errorf("sender %d after %d: %v", n, seen, err)
						return
					}
					switch f.Type {
					case "ack":
						acks++
					case "error":
						t.Errorf("sender %d: %s %s", n, f.Code, f.Detail)
						return
					case "message":
						if seen++; f.Message.Seq != seen {
							t.Errorf("sender %d: got %d, want %d", n, f.Message.Seq, seen)
							return
						}
					}
				}
			})
		}
		wg.Go(func() { // falls off after every third message
			for seen := int64(0); seen < total; {
				l := b.dial("doc", id, seen)
				for range 4 {
					f, err := l.next()
					if err != nil {
						t.Error(err)
						return
					}
					if f.Type == "message" {
						if seen++; f.Message.Seq != seen {
							t.Errorf("faller: got %d, want %d", f.Message.Seq, seen)
							return
						}
					}
					if seen == total {
						return
					}
				}
				_ = l.conn.CloseNow()
			}
		})
		wg.Wait()
	})
}

func TestLongPoll(t *testing.T) {
	c := startClinic(t, httpapitest.Memory(t), nil, defaultLimits)
	id := c.visit()
	got := make(chan []byte, 1)
	go func() {
		_, b, _ := c.call("doc", "GET", "/v1/consultations/"+id+"/messages?since=3&wait=20", nil)
		got <- b
	}()
	time.Sleep(50 * time.Millisecond)
	path := "/v1/consultations/" + id + "/messages"
	body := `{"kind":"text","text":"在吗"}`
	if status, b, _ := c.send("pat", "POST", path, "application/json", strings.NewReader(body),
		"client-id-http"); status != 201 {
		t.Fatalf("%d %s", status, b)
	}
	var p chat.Page
	if err := json.Unmarshal(<-got, &p); err != nil || len(p.Messages) != 1 || p.Messages[0].Text != "在吗" {
		t.Fatalf("%+v, %v", p, err)
	}
	// The same message again over the socket is the same message.
	l := c.dial("pat", id, 4)
	l.put(frame{Type: "send", ClientID: "client-id-http", Kind: chat.KindText, Text: "在吗"})
	if f := l.until("ack"); f.Seq != 4 {
		t.Fatalf("%+v", f)
	}
	start := time.Now()
	if status, b, _ := c.call("doc", "GET", path+"?since=4&wait=1", nil); status != 200 ||
		time.Since(start) < 900*time.Millisecond {
		t.Fatalf("%d %s after %v", status, b, time.Since(start))
	}
	go func() { time.Sleep(50 * time.Millisecond); c.sockets.chat.Shut() }()
	if start = time.Now(); true {
		c.call("doc", "GET", path+"?since=4&wait=20", nil)
	}
	if time.Since(start) > 10*time.Second {
		t.Fatal("a long poll outlived the shutdown")
	}
}
