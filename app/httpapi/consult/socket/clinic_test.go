package socket

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	accountsapi "github.com/smart-hospital/hospital/app/httpapi/accounts"
	consultapi "github.com/smart-hospital/hospital/app/httpapi/consult"
	chatapi "github.com/smart-hospital/hospital/app/httpapi/consult/chat"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

type anyDoctor struct{}

type anyDiagnosis struct{}

func (anyDoctor) ConsultDoctor(_ context.Context, person string) (consult.Doctor, error) {
	if person == "u-doc" || person == "u-odd" {
		return consult.Doctor{Person: person, Department: "resp", FeeFen: 3000, Open: true}, nil
	}
	return consult.Doctor{}, consult.ErrDoctor
}

var anySession = consult.Session{Start: time.Now().Add(24 * time.Hour).Truncate(time.Hour),
	End: time.Now().Add(26 * time.Hour).Truncate(time.Hour), Capacity: 1}

func (anyDoctor) ConsultSession(_ context.Context, _ string, start time.Time) (consult.Session, error) {
	if !start.Equal(anySession.Start) {
		return consult.Session{}, consult.ErrNoSlot
	}
	return anySession, nil
}

func (anyDoctor) NotHeld(context.Context, time.Time) (map[string][]time.Time, error) { return nil, nil }

func (anyDiagnosis) DiagnosisName(code string) (string, bool) { return "上感", code == "J06.900" }

// clinic is one running server instance.
type clinic struct {
	t        *testing.T
	svc      *consult.Service
	api      *web.API
	sockets  *Sockets
	sessions *httpapitest.OpenSessions
	server   *httptest.Server
	keys     atomic.Int64
}

func startClinic(t *testing.T, db *sqlstore.DB, client redis.UniversalClient, most limits) *clinic {
	t.Helper()
	if err := consult.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	c := &clinic{t: t, sessions: &httpapitest.OpenSessions{By: maps.Clone(httpapitest.People)}}
	c.svc = consult.NewService(consult.Config{DB: db, Box: sqlstoretest.Box(), Doctors: anyDoctor{},
		Diagnoses: anyDiagnosis{}, Hub: chat.NewHub(client, consult.ValidID)})
	a := web.New(slog.New(slog.DiscardHandler), c.sessions, "test")
	a.Refuses(consultapi.Refusals)
	a.Refuses(accountsapi.Refusals)
	consultapi.RegisterConsultations(a, c.svc, nil)
	c.api, c.sockets = a, register(chatapi.Register(a, c.svc), most)
	c.server = httptest.NewUnstartedServer(a.Echo)
	c.server.Config.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		_ = conn.(*net.TCPConn).SetWriteBuffer(4 << 10) // so that a slow reader is soon seen as one
		return ctx
	}
	c.server.Start()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = c.svc.Run(ctx) }()
	t.Cleanup(func() { c.stop(); cancel(); <-done })
	return c
}

func (c *clinic) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := c.sockets.Shutdown(ctx); err != nil {
		c.t.Error(err)
	}
	c.server.Close()
}

// call sends a request and returns status, body and the problem's code.
func (c *clinic) call(token, method, path string, body any) (int, []byte, string) {
	c.t.Helper()
	b, _ := json.Marshal(body)
	if body == nil {
		b = nil
	}
	return c.send(token, method, path, "application/json", bytes.NewReader(b), fmt.Sprintf("key-%08d", c.keys.Add(1)))
}

func (c *clinic) send(token, method, path, contentType string, body io.Reader, key string) (int, []byte, string) {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.server.URL+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Idempotency-Key", key)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	var p struct{ Code string }
	_ = json.Unmarshal(out, &p)
	return resp.StatusCode, out, p.Code
}

// visit makes an active consultation of pat and doc.
func (c *clinic) visit() string {
	c.t.Helper()
	status, b, _ := c.call("pat", "POST", "/v1/consultations", map[string]any{"doctor": "u-doc", "complaint": "咳嗽"})
	var v consult.View
	if err := json.Unmarshal(b, &v); err != nil || status != 201 {
		c.t.Fatalf("%d %s", status, b)
	}
	for _, step := range []string{"accept", "start"} {
		if status, b, _ := c.call("doc", "POST", "/v1/consultations/"+v.ID+"/"+step, nil); status != 200 {
			c.t.Fatalf("%s: %d %s", step, status, b)
		}
	}
	return v.ID
}

// line is a client's end of a socket.
type line struct {
	t    *testing.T
	conn *websocket.Conn
}

func (c *clinic) dial(token, id string, since int64) *line {
	c.t.Helper()
	l := c.dialRaw(id, since, nil)
	l.put(frame{Type: "auth", Token: token})
	return l
}

func (c *clinic) dialRaw(id string, since int64, protocols []string) *line {
	c.t.Helper()
	conn, _, err := websocket.Dial(c.t.Context(),
		fmt.Sprintf("%s/v1/consultations/%s/chat?since=%d", c.server.URL, id, since),
		&websocket.DialOptions{Subprotocols: protocols})
	if err != nil {
		c.t.Fatal(err)
	}
	conn.SetReadLimit(1 << 20)
	c.t.Cleanup(func() { _ = conn.CloseNow() })
	return &line{c.t, conn}
}

func (l *line) put(f frame) {
	l.t.Helper()
	b, _ := json.Marshal(f)
	if err := l.conn.Write(l.t.Context(), websocket.MessageText, b); err != nil {
		l.t.Fatal(err)
	}
}

func (l *line) next() (frame, error) {
	ctx, cancel := context.WithTimeout(l.t.Context(), 15*time.Second)
	defer cancel()
	var f frame
	_, b, err := l.conn.Read(ctx)
	if err == nil {
		err = json.Unmarshal(b, &f)
	}
	return f, err
}

// until reads frames up to the first one of a type.
func (l *line) until(kind string) frame {
	l.t.Helper()
	for {
		f, err := l.next()
		if err != nil {
			l.t.Fatalf("waiting for %s: %v", kind, err)
		}
		if f.Type == kind {
			return f
		}
	}
}

// closed reads to the end and returns the close code.
func (l *line) closed() websocket.StatusCode {
	l.t.Helper()
	for {
		if _, err := l.next(); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}
