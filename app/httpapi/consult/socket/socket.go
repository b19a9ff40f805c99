// Package socket is what is said in a visit, over a WebSocket for good networks. It is the same
// stream of messages that package chat serves over plain HTTP.
package socket

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"golang.org/x/net/http/httpguts"
	"golang.org/x/time/rate"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/app/family/right"
	chatapi "github.com/smart-hospital/hospital/app/httpapi/consult/chat"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/platform/limit"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Subprotocol is what the server speaks; tokenProtocol, offered beside it, carries the session's
// token for clients that can set no header: a URL would end up in logs.
const (
	Subprotocol   = "hospital.chat.v1"
	tokenProtocol = "bearer."
)

// Close codes of the socket beside RFC 6455's own (1001: the server stops, come back; 1009: frame
// too large).
const (
	closeSession  websocket.StatusCode = 4401 // no session, or it ended: log in
	closeNotFound websocket.StatusCode = 4404 // no such consultation, or not the caller's
	closeSlow     websocket.StatusCode = 4408 // reads too slowly: come back with since
	closeTooMany  websocket.StatusCode = 4429 // too many connections or frames
)

var socketsOpen = promauto.NewGauge(
	prometheus.GaugeOpts{Name: "hospital_chat_sockets", Help: "Chat sockets that are open."})

type limits struct {
	Frame int64         // bytes of a client's frame
	Auth  time.Duration // to send the token
	Write time.Duration // for one frame to leave
	Beat  time.Duration // between pings
	// between looks at the session of an idle socket; whatever comes or goes is looked at by itself
	Judge   time.Duration
	Rate    rate.Limit // client's frames a second
	Burst   int        // of those
	Refused int        // frames over the rate before the socket is closed
	Answers int        // acks and errors waiting to leave
}

var defaultLimits = limits{
	Frame: 16 << 10, Auth: 10 * time.Second, Write: 10 * time.Second, Beat: 25 * time.Second, Judge: 5 * time.Second,
	Rate: 5, Burst: 30, Refused: 50, Answers: 64,
}

// frame is everything that goes over the socket, either way. Client: auth, send, read, ping.
// Server: hello, message, ack, marks, error, pong. CHAT.md describes each.
type frame struct {
	Type     string        `json:"type"`
	Token    string        `json:"token,omitempty"`
	ClientID string        `json:"clientId,omitempty"`
	Kind     chat.Kind     `json:"kind,omitempty"`
	Text     string        `json:"text,omitempty"`
	File     string        `json:"file,omitempty"`
	Seq      int64         `json:"seq,omitempty"`
	Epoch    string        `json:"epoch,omitempty"`
	LastSeq  int64         `json:"lastSeq,omitempty"`
	State    consult.State `json:"state,omitempty"`
	Read     *chat.Marks   `json:"read,omitempty"`
	Message  *chat.Message `json:"message,omitempty"`
	Code     string        `json:"code,omitempty"`
	Detail   string        `json:"detail,omitempty"`
}

// ending is why a socket closes; code 0: the connection is gone, there is nobody to tell.
type ending struct {
	code   websocket.StatusCode
	reason string
}

const route = "/v1/consultations/:id/chat"

// Sockets are those of all consultations. Shutdown ends what is open.
type Sockets struct {
	chat     *chatapi.Chat
	limits   limits
	entering *limit.Seats // by network: sockets that have not said yet whose they are

	mu   sync.Mutex
	open sync.WaitGroup
}

// Register adds the socket beside the chat's plain HTTP. The caller calls Shutdown when the server
// stops, and that is enough for both.
func Register(c *chatapi.Chat) *Sockets { return register(c, defaultLimits) }

func register(c *chatapi.Chat, limits limits) *Sockets {
	s := &Sockets{chat: c, limits: limits, entering: limit.NewSeats(web.LongReadersOfAll, web.LongReadersToEnter)}
	a := c.API
	a.LongLived(route)
	a.Echo.GET(route, s.serve)
	responses := a.ProblemResponses("unauthenticated", "forbidden", "consultation-not-found", "upgrade-required",
		"too-many-readers")
	responses["101"] = &huma.Response{Description: "The socket is open"}
	a.Huma.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "chat-socket", Method: http.MethodGet, Path: "/v1/consultations/{id}/chat",
		Summary: "Messages over a WebSocket", Tags: a.Tagged(chatapi.Tag),
		Description: "Subprotocol " + Subprotocol +
			". The first frame, or the subprotocol bearer.TOKEN, or the Authorization header carries the session's token. CHAT.md has the frames and close codes.",
		Parameters: []*huma.Param{
			{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}},
			{Name: "since", In: "query", Description: "Number of the last message the client has",
				Schema: &huma.Schema{Type: huma.TypeInteger}},
		},
		Responses: responses,
	})
	return s
}

// Shutdown says goodbye (1001) on every socket, ends long polls and waits for the sockets until ctx
// ends.
func (s *Sockets) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.chat.Shut()
	s.mu.Unlock()
	done := make(chan struct{})
	go func() { s.open.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// begin counts a socket in, so that Shutdown waits for it; false when the server stops already.
func (s *Sockets) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.chat.Open.Err() != nil {
		return false
	}
	s.open.Add(1)
	return true
}

func (all *Sockets) serve(ec echo.Context) error {
	if err := wantsSocket(ec); err != nil {
		return err
	}
	id := ec.Param("id")
	since, err := strconv.ParseInt(defaultTo(ec.QueryParam("since"), "0"), 10, 64)
	if err != nil || since < 0 {
		return problem.New("invalid-input", "since is the number of the last message you have",
			problem.Field{Field: "query.since", Rule: "0 or more"})
	}
	if !all.begin() {
		return problem.New("unavailable", "the server is stopping")
	}
	defer all.open.Done()
	network := web.NetworkOf(ec)
	if !all.entering.Take(network, 1) {
		return problem.New("too-many-readers", "too many sockets of this address have not logged in").After(1)
	}
	entered := sync.OnceFunc(func() { all.entering.Give(network, 1) })
	defer entered()
	socketsOpen.Inc()
	defer socketsOpen.Dec()
	// The origin does not matter: nothing here rides on a cookie, and the mini-program's origin is
	// WeChat's.
	conn, err := websocket.Accept(ec.Response(), ec.Request(),
		&websocket.AcceptOptions{Subprotocols: []string{Subprotocol}, InsecureSkipVerify: true})
	if err != nil {
		return nil // Accept has answered
	}
	s := &socket{of: all, conn: conn, id: id, since: since, answers: make(chan frame, all.limits.Answers),
		end: make(chan ending, 4), entered: entered}
	s.serve(ec.Request())
	return nil
}

// wantsSocket refuses what is no WebSocket's handshake (RFC 6455, 4.2.1) before the library does,
// which answers in plain text.
func wantsSocket(ec echo.Context) error {
	in, out := ec.Request().Header, ec.Response().Header()
	key, err := base64.Decode(strings.TrimSpace(in.Get("Sec-WebSocket-Key")))
	switch {
	case !ec.Request().ProtoAtLeast(1, 1), !httpguts.HeaderValuesContainsToken(in["Connection"], "upgrade"),
		!httpguts.HeaderValuesContainsToken(in["Upgrade"], "websocket"):
		out.Set("Connection", "Upgrade")
		out.Set("Upgrade", "websocket")
		return problem.New("upgrade-required", "this address is a WebSocket's")
	case in.Get("Sec-WebSocket-Version") != "13":
		out.Set("Sec-WebSocket-Version", "13")
		return problem.New("upgrade-required", "this server speaks version 13 of the WebSocket protocol")
	case err != nil, len(key) != 16, len(in.Values("Sec-WebSocket-Key")) > 1:
		return problem.New("upgrade-required", "no WebSocket's handshake",
			problem.Field{Field: "header.Sec-WebSocket-Key", Rule: "16 bytes in base64"})
	}
	return nil
}

func defaultTo(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// socket is one connection. Its writer takes messages from the database at its own pace, so a slow
// reader costs one page of memory and not a queue.
type socket struct {
	of      *Sockets
	conn    *websocket.Conn
	id      string
	since   int64 // last number written
	token   string
	who     accounts.Account
	marks   chat.Marks
	answers chan frame
	end     chan ending // first one counts
	entered func()      // it has said whose it is
}

func (s *socket) stop(code websocket.StatusCode, reason string) {
	select {
	case s.end <- ending{code, reason}:
	default:
	}
}

func (s *socket) finish(e ending) {
	if e.code == 0 {
		_ = s.conn.CloseNow()
		return
	}
	_ = s.conn.Close(e.code, e.reason)
}

func (s *socket) serve(r *http.Request) {
	s.conn.SetReadLimit(s.of.limits.Frame)
	ctx := context.WithoutCancel(r.Context()) // keeps the request id; its end says nothing after the upgrade
	if e := s.authenticate(ctx, r); e != (ending{}) {
		s.finish(e)
		return
	}
	s.entered()
	leave, ok := s.of.chat.Enter(s.who.ID)
	if !ok {
		s.finish(ending{closeTooMany, "too many connections"})
		return
	}
	defer leave()
	watch := s.of.chat.Svc.Watch(s.id) // before the first look, so nothing falls between
	defer watch.Stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if e := s.hello(ctx); e != (ending{}) {
		s.finish(e)
		return
	}
	go s.read(ctx)
	go s.beat(ctx)
	go s.judge(ctx)
	s.finish(s.write(ctx, watch)) // before cancel, which would tear the connection under the close frame
}

// authenticate takes the token from the Authorization header, the subprotocols or the first frame.
func (s *socket) authenticate(ctx context.Context, r *http.Request) ending {
	s.token = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	for _, p := range strings.Split(r.Header.Get("Sec-WebSocket-Protocol"), ",") {
		if token, ok := strings.CutPrefix(strings.TrimSpace(p), tokenProtocol); ok {
			s.token = token
		}
	}
	if s.token == "" {
		in, cancel := context.WithTimeout(ctx, s.of.limits.Auth)
		defer cancel()
		_, b, err := s.conn.Read(in)
		var f frame
		if err != nil || text.Decode(b, &f) != nil || f.Type != "auth" {
			return ending{closeSession, "the first frame must be auth"}
		}
		s.token = f.Token
	}
	who, err := s.of.chat.API.Reading(ctx, "Bearer "+s.token)
	if err == nil {
		err = s.of.chat.API.InOffice(ctx, who)
	}
	if err != nil && s.of.chat.API.StatusOf(err) == http.StatusServiceUnavailable {
		return s.failed(ctx, err) // the session may be good: the client keeps it and comes back
	}
	if err != nil {
		return ending{closeSession, "no valid session"}
	}
	s.who = who
	return ending{}
}

// messages reads on for the session's person, who is let in anew each time.
func (s *socket) messages(ctx context.Context) (*chat.Page, error) {
	ctx, err := s.of.chat.API.LetIn(ctx, s.who, right.Read, "chat-socket")
	if err != nil {
		return nil, err
	}
	p, err := s.of.chat.Svc.Messages(ctx, s.who.Person, s.id, s.since)
	if err == nil {
		err = s.of.chat.API.Noted(ctx)
	}
	return p, err
}

// says does what the session's person does in the visit.
func (s *socket) says(ctx context.Context, operation string, do func(context.Context) error) error {
	ctx, err := s.of.chat.API.LetIn(ctx, s.who, right.Act, operation)
	if err == nil {
		err = do(ctx)
	}
	if err == nil {
		err = s.of.chat.API.Noted(ctx)
	}
	return err
}

func (s *socket) hello(ctx context.Context) ending {
	p, err := s.messages(ctx)
	if err != nil {
		return s.failed(ctx, err)
	}
	s.marks = p.Read
	if s.since > p.LastSeq { // a client that knows more than there is knows another stream
		s.since = 0
	}
	return s.put(ctx, frame{Type: "hello", Epoch: p.Epoch, LastSeq: p.LastSeq, State: consult.State(p.State),
		Read: &p.Read})
}

// failed turns an error of the service into the socket's end.
func (s *socket) failed(ctx context.Context, err error) ending {
	if errors.Is(err, consult.ErrNotFound) {
		return ending{closeNotFound, "no such consultation"}
	}
	_ = s.of.chat.API.Problem(ctx, err) // logs what the client is not told
	return ending{websocket.StatusTryAgainLater, "try again later"}
}

// write is the only place that sends data frames: what is new, then answers, until something ends
// the socket.
func (s *socket) write(ctx context.Context, watch *wake.Watch) ending {
	if e := s.catchUp(ctx); e != nil {
		return *e
	}
	for {
		var e ending
		select {
		case e = <-s.end:
			return e
		case <-s.of.chat.Open.Done():
			return ending{websocket.StatusGoingAway, "the server is stopping"}
		case f := <-s.answers:
			e = s.put(ctx, f)
		case <-watch.C:
			if p := s.catchUp(ctx); p != nil {
				return *p
			}
		}
		if e != (ending{}) {
			return e
		}
	}
}

// catchUp writes everything after since, page by page, and the read marks when they moved; nil: go
// on.
func (s *socket) catchUp(ctx context.Context) *ending {
	for {
		p, err := s.messages(ctx)
		if err != nil {
			e := s.failed(ctx, err)
			return &e
		}
		if _, over := s.ended(ctx, s.of.chat.API.Standing); over { // what came after log-out is not for this reader
			return &ending{closeSession, "the session ended"}
		}
		for i := range p.Messages {
			if e := s.put(ctx, frame{Type: "message", Message: &p.Messages[i]}); e != (ending{}) {
				return &e
			}
			s.since = p.Messages[i].Seq
		}
		if p.Read != s.marks {
			s.marks = p.Read
			if e := s.put(ctx, frame{Type: "marks", Read: &p.Read}); e != (ending{}) {
				return &e
			}
		}
		if len(p.Messages) < chat.MaxReplay {
			return nil
		}
	}
}

// put writes one frame; one that does not leave in time ends the socket: the reader comes back with
// since.
func (s *socket) put(ctx context.Context, f frame) ending {
	b, err := json.Marshal(f)
	if err != nil {
		return ending{websocket.StatusInternalError, "cannot encode"}
	}
	out, cancel := context.WithTimeout(ctx, s.of.limits.Write)
	defer cancel()
	if err := s.conn.Write(out, websocket.MessageText, b); err != nil {
		return ending{code: closeSlow, reason: "reads too slowly"}
	}
	return ending{}
}

// answer queues an ack or an error; a client that sends without reading its answers is cut off.
func (s *socket) answer(f frame) {
	select {
	case s.answers <- f:
	default:
		s.stop(closeSlow, "reads too slowly")
	}
}

// read takes the client's frames one after the other, so its messages keep their order.
func (s *socket) read(ctx context.Context) {
	limiter, refused := rate.NewLimiter(s.of.limits.Rate, s.of.limits.Burst), 0
	for {
		kind, b, err := s.conn.Read(ctx)
		if err != nil {
			s.stop(0, "") // the client left, or the library has closed it for a broken rule
			return
		}
		var f frame
		if kind != websocket.MessageText || text.Decode(b, &f) != nil {
			s.stop(websocket.StatusUnsupportedData, "frames are JSON texts")
			return
		}
		if !limiter.Allow() {
			if refused++; refused > s.of.limits.Refused {
				s.stop(closeTooMany, "too many frames")
				return
			}
			s.answer(frame{Type: "error", ClientID: f.ClientID, Code: "rate-limited", Detail: "send more slowly"})
			continue
		}
		s.take(ctx, f)
	}
}

func (s *socket) take(ctx context.Context, f frame) {
	switch f.Type {
	case "send":
		due, over := s.ended(ctx, s.of.chat.API.Reading) // who writes uses the session
		if over {
			s.stop(closeSession, "the session ended")
			return
		}
		err := due.Err()
		if err == nil {
			err = s.of.chat.API.RoomFor(disk.Commands)
		}
		var m chat.Message
		if err == nil {
			err = s.says(ctx, "post-message", func(ctx context.Context) (err error) {
				m, _, err = s.of.chat.Svc.Post(ctx, s.who.Person, s.id,
					chat.Outgoing{ClientID: f.ClientID, Kind: f.Kind, Text: f.Text, File: f.File})
				return err
			})
		}
		if err != nil {
			p := s.of.chat.API.Problem(ctx, err)
			s.answer(frame{Type: "error", ClientID: f.ClientID, Code: p.Code, Detail: p.Detail})
			return
		}
		s.answer(frame{Type: "ack", ClientID: f.ClientID, Seq: m.Seq})
	case "read":
		if _, over := s.ended(ctx, s.of.chat.API.Standing); over {
			s.stop(closeSession, "the session ended")
			return
		}
		err := s.says(ctx, "mark-read", func(ctx context.Context) error {
			_, err := s.of.chat.Svc.MarkRead(ctx, s.who.Person, s.id, f.Seq)
			return err
		})
		if err != nil {
			p := s.of.chat.API.Problem(ctx, err)
			s.answer(frame{Type: "error", Code: p.Code, Detail: p.Detail})
		}
	case "ping":
		s.answer(frame{Type: "pong"})
	case "auth": // already in; a client that sent its token both ways does no harm
	default:
		s.answer(frame{Type: "error", Code: "invalid-input", Detail: "type is send, read or ping"})
	}
}

// ended asks again whether the session stands, and under the same rights, and what is due before
// its owner may write. While nobody can say, it stands: an outage of the session store or the
// database must not log people out.
func (s *socket) ended(ctx context.Context,
	ask func(context.Context, string) (accounts.Account, error)) (due accounts.Due, over bool) {
	who, err := ask(ctx, "Bearer "+s.token)
	if err == nil {
		if !web.SameReader(who, s.who) {
			return "", true
		}
		err = s.of.chat.API.InOffice(ctx, who)
	}
	return who.Due, err != nil && ctx.Err() == nil && s.of.chat.API.StatusOf(err) != http.StatusServiceUnavailable
}

// judge ends the socket soon after the session has ended, whether there is traffic or not.
func (s *socket) judge(ctx context.Context) {
	t := time.NewTicker(s.of.limits.Judge)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if _, over := s.ended(ctx, s.of.chat.API.Standing); over {
			s.stop(closeSession, "the session ended")
			return
		}
	}
}

// beat finds dead connections.
func (s *socket) beat(ctx context.Context) {
	t := time.NewTicker(s.of.limits.Beat)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		ping, cancel := context.WithTimeout(ctx, s.of.limits.Write)
		err := s.conn.Ping(ping)
		cancel()
		if err != nil {
			s.stop(0, "")
			return
		}
	}
}
