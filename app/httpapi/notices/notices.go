// Package notices is what people are told over HTTP: one stream a session, and the inbox.
package notices

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

var tagNotices = web.Tag{Name: "Notices", Doc: "What the caller is told as it happens, and the inbox."}

const eventsRoute = "/v1/events"

var eventStreamsOpen = promauto.NewGauge(prometheus.GaugeOpts{
	Name: "hospital_event_streams", Help: "Streams and long polls of notices that are open.",
})

// defaultEventLimits: Total and PerAddress count streams and long polls; those of one account are
// MaxReaders.
var defaultEventLimits = web.StreamLimits{
	Total: web.LongReadersOfAll, PerAddress: 512, Write: 10 * time.Second, Beat: 15 * time.Second,
	Judge: time.Second / 2,
}

// Events is what people are told: one stream a session, and the inbox. Shutdown ends what is open.
type Events struct {
	api    *web.API
	svc    *notice.Service
	limits web.StreamLimits
	open   context.Context // ends when the server shuts down
	shut   context.CancelFunc

	accounts *limit.Seats
	networks *limit.Seats

	mu      sync.Mutex
	serving sync.WaitGroup
	readers map[*listener]struct{} // whose sessions are judged
}

type inboxInput struct {
	Before int64 `query:"before" minimum:"0" default:"0" doc:"Id of the last one of the page before"`
	Limit  int   `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

type inboxOutput struct {
	Body struct {
		Notices []notice.Notice `json:"notices" doc:"Newest first, without quiet ones"`
		Next    int64           `json:"next,omitempty" doc:"Before of the next page; absent at the end" example:"17"`
	}
}

type readNoticesInput struct {
	Body struct {
		UpTo    int64  `json:"upTo,omitempty" minimum:"0" doc:"Everything up to this id" example:"17"`
		Subject string `json:"subject,omitempty" maxLength:"64" doc:"Everything about this subject" example:"CN20261122012345678947"`
	}
}

// RegisterEvents adds the stream, its long poll and the inbox. The caller calls Shutdown when the
// server stops.
func RegisterEvents(a *web.API, svc *notice.Service) *Events {
	return registerEvents(a, svc, defaultEventLimits)
}

func registerEvents(a *web.API, svc *notice.Service, limits web.StreamLimits) *Events {
	e := &Events{
		api: a, svc: svc, limits: limits,
		accounts: limit.NewSeats(limits.Total, web.MaxReaders), networks: limit.NewSeats(limits.Total,
			limits.PerAddress), readers: map[*listener]struct{}{},
	}
	e.open, e.shut = context.WithCancel(context.Background())
	go e.judge()
	a.LongLived(eventsRoute)
	a.Echo.GET(eventsRoute, e.serve)
	a.Huma.OpenAPI().AddOperation(e.operation())
	web.Handle(a, web.Op{
		ID: "list-notices", Method: http.MethodGet, Path: "/v1/notices", Tag: tagNotices, AnyRole: true,
		Summary: "The inbox (消息中心): what the caller was told in the last 30 days",
	}, func(ctx context.Context, in *inboxInput) (*inboxOutput, error) {
		r, err := e.reader(ctx, web.Caller(ctx))
		if err != nil {
			return nil, err
		}
		out := &inboxOutput{}
		if out.Body.Notices, err = svc.Inbox(ctx, r, in.Before, in.Limit); len(out.Body.Notices) == in.Limit {
			out.Body.Next = out.Body.Notices[in.Limit-1].ID
		}
		return out, err
	})
	web.Handle(a, web.Op{
		ID: "read-notices", Method: http.MethodPut, Path: "/v1/notices/read", Summary: "Mark notices as read",
		Tag: tagNotices, AnyRole: true, Command: true, Status: http.StatusNoContent,
	}, func(ctx context.Context, in *readNoticesInput) (*struct{}, error) {
		r, err := e.reader(ctx, web.Caller(ctx))
		if err != nil {
			return nil, err
		}
		return nil, svc.MarkRead(ctx, r, in.Body.UpTo, in.Body.Subject)
	})
	return e
}

func (e *Events) operation() *huma.Operation {
	registry := e.api.Huma.OpenAPI().Components.Schemas
	responses := e.api.ProblemResponses("unauthenticated", "password-change-required",
		"second-factor-setup-required", "invalid-input", "too-many-readers", "unavailable")
	responses["200"] = &huma.Response{Description: "The stream, or one page of it", Content: map[string]*huma.MediaType{
		web.EventStream: {
			Schema: &huma.Schema{Type: huma.TypeString},
			Example: "event: hello\nid: 16\ndata: {\"notices\":[],\"last\":16,\"unread\":{}}\n\n" +
				"event: notices\nid: 17\ndata: {\"notices\":[{\"id\":17,\"kind\":\"visit.requested\"," +
				"\"subject\":\"CN20261122012345678947\",\"at\":\"2026-11-22T01:00:00Z\"}],\"last\":17,\"unread\":{\"visit\":1}}\n\n",
		},
		"application/json": {Schema: registry.Schema(reflect.TypeFor[notice.Page](), true, "")},
	}}
	integer := func() *huma.Schema { return &huma.Schema{Type: huma.TypeInteger} }
	return &huma.Operation{
		OperationID: "events", Method: http.MethodGet, Path: eventsRoute, Tags: e.api.Tagged(tagNotices),
		Summary: "What the caller is told, as it happens",
		Description: "With `Accept: text/event-stream` server-sent events: `hello` at once, `notices` whenever there is something new, " +
			"also when only the numbers of unread ones have moved; id is the last number. " +
			"It begins after Last-Event-ID, or since, or now. Otherwise one page as JSON: at once when there is " +
			"something above since, or when since is left out, else after at most wait seconds. A notice says what happened to which subject, and nothing more; the subject is then asked for.",
		Security: []map[string][]string{{"session": {}}},
		Parameters: []*huma.Param{
			{Name: "since", In: "query", Description: "Id of the last notice seen; from now on without it",
				Schema: integer()},
			{Name: "wait", In: "query", Description: "Seconds that a page may wait, at most 25", Schema: integer()},
			{Name: "Last-Event-ID", In: "header", Description: "As since; wins over it", Schema: integer()},
		},
		Responses: responses,
	}
}

// Shutdown ends every stream and long poll, and waits for them until ctx ends.
func (e *Events) Shutdown(ctx context.Context) error {
	e.mu.Lock()
	e.shut()
	e.mu.Unlock()
	done := make(chan struct{})
	go func() { e.serving.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// judge looks at the sessions of all readers at once, and ends those that are over. While nobody
// can say whether a session stands, it does: an outage must not log people out.
func (e *Events) judge() {
	look := time.NewTicker(e.limits.Judge)
	defer look.Stop()
	for {
		select {
		case <-e.open.Done():
			return
		case <-look.C:
		}
		readers, tokens := e.reading()
		if len(readers) == 0 {
			continue
		}
		standing, err := e.api.StandingAll(e.open, tokens)
		if err != nil {
			continue
		}
		for _, s := range readers {
			if who, ok := standing[s.token]; !ok || !web.SameReader(who, s.who) {
				s.end()
			}
		}
	}
}

// reading are the readers there are now, and their sessions.
func (e *Events) reading() (readers []*listener, tokens []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for s := range e.readers {
		readers, tokens = append(readers, s), append(tokens, s.token)
	}
	slices.Sort(tokens)
	return readers, slices.Compact(tokens)
}

// begin counts a reader in; leave is called at its end.
func (e *Events) begin(s *listener, network string) (leave func(), err error) {
	account := s.who.ID
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.open.Err() != nil {
		return nil, problem.New("unavailable", "the server is stopping").After(1)
	}
	if !e.accounts.Take(account, 1) {
		return nil, problem.New("too-many-readers", "this account reads on as many connections as it may")
	}
	if !e.networks.Take(network, 1) {
		e.accounts.Give(account, 1)
		return nil, problem.New("too-many-readers", "as many connections of this address read as may")
	}
	e.serving.Add(1)
	e.readers[s] = struct{}{}
	eventStreamsOpen.Inc()
	return func() {
		e.mu.Lock()
		delete(e.readers, s)
		e.mu.Unlock()
		e.accounts.Give(account, 1)
		e.networks.Give(network, 1)
		eventStreamsOpen.Dec()
		e.serving.Done()
	}, nil
}

// reader is what an account may be told of at this moment.
func (e *Events) reader(ctx context.Context, who accounts.Account) (notice.Reader, error) {
	r := notice.Reader{Account: who.ID, Person: who.Person}
	var err error
	if r.Wards, err = e.api.WardsOf(ctx, who); err != nil {
		return r, err
	}
	err = e.api.InOffice(ctx, who)
	if r.Barred = err != nil && e.api.StatusOf(err) == http.StatusForbidden; r.Barred {
		err = nil
	}
	return r, err
}

// place reads a number of the query or a header; fallback when it is not there.
func place(field, text string, most, fallback int64) (int64, error) {
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > most {
		rule := problem.Field{Field: field, Rule: fmt.Sprintf("0 to %d", most)}
		return 0, problem.New("invalid-input", "a whole number is needed", rule)
	}
	return n, nil
}

const maxPlace = 1<<53 - 1

func (e *Events) serve(c echo.Context) error {
	h := c.Request().Header
	since, err := place("query.since", c.QueryParam("since"), maxPlace, -1)
	if err == nil {
		since, err = place("header.Last-Event-ID", h.Get("Last-Event-ID"), maxPlace, since)
	}
	wait, bad := place("query.wait", c.QueryParam("wait"), int64(web.MaxLongPoll/time.Second), 0)
	if err = errors.Join(err, bad); err != nil {
		return err
	}
	s := &listener{Events: e, token: strings.TrimPrefix(h.Get("Authorization"), web.BearerPrefix), since: since}
	s.over, s.end = context.WithCancel(context.Background())
	defer s.end()
	if s.who, err = e.api.Standing(c.Request().Context(), h.Get("Authorization")); err != nil {
		if e.api.StatusOf(err) == http.StatusUnauthorized {
			c.Response().Header().Set("WWW-Authenticate", "Bearer")
		}
		return err
	}
	leave, err := e.begin(s, web.NetworkOf(c))
	if err != nil {
		return err
	}
	defer leave()
	s.watch = e.svc.Watch(s.who.ID) // before the first look, so nothing falls between
	defer s.watch.Stop()
	if strings.Contains(h.Get(echo.HeaderAccept), web.EventStream) {
		return s.stream(c)
	}
	return s.poll(c, time.Duration(wait)*time.Second)
}

// listener is one stream or long poll. It holds no queue: the next page is read when the last one
// has left.
type listener struct {
	*Events
	watch *wake.Watch
	token string
	who   accounts.Account
	since int64
	over  context.Context // ends with the session
	end   context.CancelFunc
}

// next reads what is new for the session as it stands now: an error when it has ended.
func (s *listener) next(ctx context.Context) (*notice.Page, error) {
	who, err := s.api.Standing(ctx, web.BearerPrefix+s.token)
	if err == nil && !web.SameReader(who, s.who) {
		err = accounts.ErrUnauthenticated
	}
	if err != nil {
		return nil, err
	}
	r, err := s.reader(ctx, who)
	if err != nil {
		return nil, err
	}
	p, err := s.svc.Since(ctx, r, s.since)
	if err == nil {
		s.since = p.Last
	}
	return p, err
}

// poll answers with one page, at once or when there is something in it.
func (s *listener) poll(c echo.Context, wait time.Duration) error {
	ctx := c.Request().Context()
	asked := s.since
	until, cancel := context.WithTimeout(s.open, wait)
	defer cancel()
	for {
		p, err := s.next(ctx)
		if err != nil {
			return err
		}
		if len(p.Notices) > 0 || p.Reset || asked < 0 || wait == 0 {
			return c.JSON(http.StatusOK, p)
		}
		select {
		case <-s.watch.C:
		case <-s.over.Done():
			return accounts.ErrUnauthenticated
		case <-until.Done():
			return c.JSON(http.StatusOK, p)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// stream sends pages as server-sent events (HTML Living Standard section 9.2) until the session,
// the server or the client ends it. The client then comes back with the last id it has.
func (s *listener) stream(c echo.Context) error {
	ctx := c.Request().Context()
	p, err := s.next(ctx)
	if err != nil {
		return err
	}
	out := web.StartEvents(c, s.limits.Write)
	defer out.End()
	if sendPage(out, "hello", p) == nil { // else the client has gone
		s.follow(ctx, out, p)
	}
	return nil
}

func (s *listener) follow(ctx context.Context, out *web.EventWriter, shown *notice.Page) {
	beat := time.NewTicker(s.limits.Beat)
	defer beat.Stop()
	behind := false // the last look failed: look again soon
	for more := shown.More(); ; {
		if !more && !s.pause(ctx, out, beat.C, behind) {
			return
		}
		p, err := s.next(ctx)
		if behind = err != nil && ctx.Err() == nil && s.api.StatusOf(err) == http.StatusServiceUnavailable; behind {
			more = false
			continue
		}
		if err != nil {
			return
		}
		if more = p.More(); len(p.Notices) == 0 && !p.Reset && maps.Equal(p.Unread, shown.Unread) {
			continue
		}
		if shown = p; sendPage(out, "notices", p) != nil {
			return
		}
	}
}

// pause returns when there may be something new; false: the stream is over.
func (s *listener) pause(ctx context.Context, out *web.EventWriter, beat <-chan time.Time, behind bool) bool {
	var again <-chan time.Time
	if behind {
		again = time.After(s.limits.Judge)
	}
	for {
		select {
		case <-ctx.Done():
			return false
		case <-s.open.Done():
			return false
		case <-s.watch.C:
			return true
		case <-beat:
			if out.Write(": beat\n\n") != nil {
				return false
			}
		case <-s.over.Done():
			return false
		case <-again:
			return true
		}
	}
}

func sendPage(s *web.EventWriter, event string, p *notice.Page) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return s.Write(fmt.Sprintf("event: %s\nid: %d\ndata: %s\n\n", event, p.Last, b))
}
