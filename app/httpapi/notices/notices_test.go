package notices

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/accounts"
	accountsapi "github.com/smart-hospital/hospital/app/httpapi/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
	practitionersapi "github.com/smart-hospital/hospital/app/httpapi/practitioners"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/notice"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// byPerson: the account of person u-x is a-x.
type byPerson struct{}

func (byPerson) AccountsOf(_ *gorm.DB, a notice.Audience) ([]string, error) {
	_, name, _ := strings.Cut(string(a), ":u-")
	return []string{"a-" + name}, nil
}

// post is one running server instance that tells.
type post struct {
	t        *testing.T
	db       *sqlstore.DB
	svc      *notice.Service
	events   *Events
	sessions *httpapitest.OpenSessions
	server   *httptest.Server
}

type officeOf func(person string) error

func (f officeOf) InOffice(_ context.Context, person string) error { return f(person) }

func startPost(t *testing.T, db *sqlstore.DB, client redis.UniversalClient, limits web.StreamLimits) *post {
	t.Helper()
	if err := notice.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	p := &post{t: t, db: db, sessions: &httpapitest.OpenSessions{By: maps.Clone(httpapitest.People)}}
	hub := wake.New(client, "test:notices", func(id string) bool { return strings.HasPrefix(id, "a-") })
	p.svc = notice.New(notice.Config{DB: db, People: byPerson{}, Hub: hub})
	a := web.New(slog.New(slog.DiscardHandler), p.sessions, "test")
	a.Refuses(accountsapi.Refusals)
	a.Refuses(practitionersapi.Refusals)
	a.RequireOffice(officeOf(func(person string) error {
		if person == "u-odd" {
			return practitioners.ErrNotApproved
		}
		return nil
	}))
	p.events = registerEvents(a, p.svc, limits)
	p.server = httptest.NewServer(a.Echo)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = p.svc.Run(ctx) }()
	t.Cleanup(func() {
		stopping, late := context.WithTimeout(context.Background(), time.Minute)
		defer late()
		if err := p.events.Shutdown(stopping); err != nil {
			t.Error(err)
		}
		p.server.Close()
		cancel()
		<-done
	})
	return p
}

func (p *post) tell(kind notice.Kind, subject, person string) {
	p.t.Helper()
	e := notice.Event{Kind: kind, Subject: subject, To: []notice.Audience{notice.Person(person)}, At: time.Now()}
	if err := p.db.Tx(p.t.Context(), func(tx *gorm.DB) error { return p.svc.Tell(tx, e) }); err != nil {
		p.t.Fatal(err)
	}
}

// ear is a client's end of a stream.
type ear struct {
	t     *testing.T
	res   *http.Response
	lines *bufio.Scanner
}

func (p *post) ask(token, query, accept string, headers ...string) *http.Response {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 3*time.Minute)
	p.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.server.URL+"/v1/events"+query, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Accept", accept)
	r.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := p.server.Client().Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func (p *post) listen(token string, headers ...string) *ear {
	p.t.Helper()
	res := p.ask(token, "", web.EventStream, headers...)
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), web.EventStream) {
		p.t.Fatalf("%s: %d %s", token, res.StatusCode, res.Header.Get("Content-Type"))
	}
	return &ear{p.t, res, bufio.NewScanner(res.Body)}
}

// next is the next event; an empty name at the stream's end.
func (e *ear) next() (event string, page notice.Page) {
	e.t.Helper()
	for e.lines.Scan() {
		line := e.lines.Text()
		if name, ok := strings.CutPrefix(line, "event: "); ok {
			event = name
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			if err := json.Unmarshal([]byte(data), &page); err != nil {
				e.t.Fatal(err)
			}
			return event, page
		}
	}
	return "", page
}

// until reads up to a notice about a subject.
func (e *ear) until(subject string) notice.Page {
	e.t.Helper()
	for {
		event, page := e.next()
		if event == "" {
			e.t.Fatalf("the stream ended before %s", subject)
		}
		for _, n := range page.Notices {
			if n.Subject == subject {
				return page
			}
		}
	}
}

func page1(t *testing.T, res *http.Response) (p notice.Page) {
	t.Helper()
	if err := json.NewDecoder(res.Body).Decode(&p); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%d %v", res.StatusCode, err)
	}
	return p
}

func TestEventsResume(t *testing.T) {
	sqlstoretest.Each(t, func(t *testing.T, db *sqlstore.DB) {
		p := startPost(t, db, nil, defaultEventLimits)
		doc, pat := p.listen("doc"), p.listen("pat")
		if event, hello := doc.next(); event != "hello" || hello.Last != 0 || len(hello.Unread) != 0 {
			t.Fatalf("%s %+v", event, hello)
		}
		p.tell(notice.VisitRequested, "V1", "u-doc")
		if got := doc.until("V1"); got.Last != 1 || got.Unread["visit"] != 1 {
			t.Errorf("%+v", got)
		}
		_ = doc.res.Body.Close() // the network is gone
		p.tell(notice.VisitRequested, "V2", "u-doc")
		p.tell(notice.VisitRequested, "V3", "u-doc")
		doc = p.listen("doc", "Last-Event-ID", "1")
		if got := doc.until("V3"); got.Last != 3 || got.Unread["visit"] != 3 {
			t.Errorf("what was missed: %+v", got)
		}
		if err := p.svc.MarkRead(t.Context(), notice.Reader{Account: "a-doc", Person: "u-doc"}, 2, ""); err != nil {
			t.Fatal(err)
		}
		for {
			if event, got := doc.next(); event == "" || got.Unread["visit"] == 1 {
				break
			}
		}
		p.tell(notice.RxApproved, "R1", "u-pat")
		if got := pat.until("R1"); got.Last != 1 || got.Unread["rx"] != 1 {
			t.Errorf("the patient's own numbers: %+v", got)
		}
		if got := page1(t, p.ask("doc", "?since=99", "application/json")); !got.Reset || got.Last != 3 {
			t.Errorf("another history: %+v", got)
		}
		p.tell(notice.VisitRequested, "V9", "u-odd")
		p.tell(notice.OfficeSuspended, "u-odd", "u-odd")
		odd := p.listen("odd", "Last-Event-ID", "0")
		if got := odd.until("u-odd"); len(got.Notices) != 1 || got.Unread["visit"] != 0 {
			t.Errorf("out of office: %+v", got)
		}
	})
}

// TestEventsOfAnotherInstance: what one instance commits is heard at the other.
func TestEventsOfAnotherInstance(t *testing.T) {
	sqlstoretest.EachDSN(t, func(t *testing.T, dsn string) {
		server := miniredis.RunT(t)
		var posts []*post
		for range 2 {
			client := redis.NewClient(&redis.Options{Addr: server.Addr()})
			t.Cleanup(func() { _ = client.Close() })
			posts = append(posts, startPost(t, sqlstoretest.Open(t, dsn), client, defaultEventLimits))
		}
		near, far := posts[0].listen("doc"), posts[1].listen("doc")
		for i := range 5 {
			subject := fmt.Sprint("V", i)
			posts[i%2].tell(notice.VisitRequested, subject, "u-doc")
			near.until(subject)
			far.until(subject)
		}
	})
}

// TestEventsEndWithTheSession: a stream and a long poll end soon after log-out, and tell nothing of
// what comes after it.
func TestEventsEndWithTheSession(t *testing.T) {
	limits := defaultEventLimits
	limits.Judge = 20 * time.Millisecond
	p := startPost(t, httpapitest.Memory(t), nil, limits)
	doc := p.listen("doc")
	doc.next()
	polled := make(chan int, 1)
	go func() { polled <- p.ask("pat", "?since=0&wait=25", "application/json").StatusCode }()
	for p.events.accounts.Taken() < 2 {
		time.Sleep(time.Millisecond)
	}
	p.sessions.End("doc")
	p.sessions.End("pat")
	if event, got := doc.next(); event != "" {
		t.Errorf("%s %+v", event, got)
	}
	if status := <-polled; status != http.StatusUnauthorized {
		t.Errorf("the long poll answers %d", status)
	}
	p.tell(notice.VisitRequested, "V1", "u-doc")
	res := p.ask("doc", "", web.EventStream)
	if res.StatusCode != http.StatusUnauthorized || res.Header.Get("WWW-Authenticate") == "" {
		t.Errorf("%d", res.StatusCode)
	}
	// An outage of the session store ends nobody's stream.
	str := p.listen("str")
	str.next()
	p.sessions.Outage(fmt.Errorf("%w: connection refused", accounts.ErrUnavailable))
	for p.sessions.Asked() < 3 {
		time.Sleep(time.Millisecond)
	}
	p.tell(notice.RxPaid, "R1", "u-str")
	p.sessions.Outage(nil)
	str.until("R1")
}

// TestEventsEndWhole: a stream that was silent for longer than an event may take to leave still
// ends, and does not break off. Browsers reported a broken connection at every third log-out.
func TestEventsEndWhole(t *testing.T) {
	limits := defaultEventLimits
	limits.Write, limits.Judge = 50*time.Millisecond, 10*time.Millisecond
	p := startPost(t, httpapitest.Memory(t), nil, limits)
	doc := p.listen("doc")
	doc.next()
	time.Sleep(4 * limits.Write) // longer than the last event's time
	p.sessions.End("doc")
	if event, _ := doc.next(); event != "" || doc.lines.Err() != nil {
		t.Errorf("%q, %v", event, doc.lines.Err())
	}
}

// TestEventsJudgeSessionsTogether: however many streams are open, one question tells which sessions
// stand, and only those that do not are ended.
func TestEventsJudgeSessionsTogether(t *testing.T) {
	limits := defaultEventLimits
	limits.Judge = 10 * time.Millisecond
	p := startPost(t, httpapitest.Memory(t), nil, limits)
	var open []*ear
	for _, token := range []string{"doc", "pat", "str"} {
		e := p.listen(token)
		e.next()
		open = append(open, e)
	}
	p.sessions.Mu.Lock()
	p.sessions.Sets, p.sessions.Alone = 0, 0
	p.sessions.Mu.Unlock()
	for sets := 0; sets < 10; time.Sleep(time.Millisecond) {
		p.sessions.Mu.Lock()
		sets = p.sessions.Sets
		if p.sessions.Alone > 0 {
			t.Error("a stream asks for its session by itself")
			sets = 10
		}
		p.sessions.Mu.Unlock()
	}
	p.sessions.End("doc")
	if event, got := open[0].next(); event != "" {
		t.Errorf("%s %+v", event, got)
	}
	p.tell(notice.RxPaid, "R1", "u-pat")
	open[1].until("R1")
}

func TestEventsLongPoll(t *testing.T) {
	p := startPost(t, httpapitest.Memory(t), nil, defaultEventLimits)
	if got := page1(t, p.ask("pat", "", "*/*")); got.Last != 0 || len(got.Notices) != 0 {
		t.Errorf("from now on: %+v", got)
	}
	answer := make(chan *http.Response, 1)
	go func() { answer <- p.ask("pat", "?since=0&wait=25", "application/json") }()
	for p.events.accounts.Taken() == 0 {
		time.Sleep(time.Millisecond)
	}
	p.tell(notice.VisitMessage, "V1", "u-pat")
	if got := page1(t, <-answer); got.Last != 1 || len(got.Notices) != 1 || got.Notices[0].Kind != notice.VisitMessage {
		t.Errorf("%+v", got)
	}
	answers := map[string]int{"?wait=26": 422, "?since=-1": 422, "?since=x": 422, "?since=0&wait=1": 200}
	for query, want := range answers {
		if res := p.ask("pat", query, "*/*"); res.StatusCode != want {
			t.Errorf("%s: %d", query, res.StatusCode)
		}
	}
}

func TestEventsHaveSeats(t *testing.T) {
	limits := defaultEventLimits
	limits.PerAddress = web.MaxReaders + 1
	p := startPost(t, httpapitest.Memory(t), nil, limits)
	var open []*ear
	for range web.MaxReaders {
		open = append(open, p.listen("pat"))
	}
	p.listen("doc")
	for _, token := range []string{"pat", "str"} { // one account's, one address's
		if res := p.ask(token, "", web.EventStream); res.StatusCode != http.StatusTooManyRequests {
			t.Errorf("%s: %d", token, res.StatusCode)
		}
	}
	_ = open[0].res.Body.Close()
	for p.events.accounts.Taken() > web.MaxReaders {
		time.Sleep(time.Millisecond)
	}
	p.listen("pat")
}

// TestEventsShutDown: streams end with the server, and those who come then are sent away.
func TestEventsShutDown(t *testing.T) {
	p := startPost(t, httpapitest.Memory(t), nil, defaultEventLimits)
	doc := p.listen("doc")
	doc.next()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := p.events.Shutdown(ctx); err != nil {
		t.Error(err)
	}
	if event, _ := doc.next(); event != "" {
		t.Errorf("%s after the end", event)
	}
	if res := p.ask("doc", "", web.EventStream); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d", res.StatusCode)
	}
}

// TestEventsCutASlowReader: who does not read is cut off; another reader is not held up.
func TestEventsCutASlowReader(t *testing.T) {
	limits := defaultEventLimits
	limits.Write = 200 * time.Millisecond
	p := startPost(t, httpapitest.Memory(t), nil, limits)
	slow := p.listen("doc")
	for i := 0; p.events.accounts.Taken() > 0; i++ {
		long := strings.Repeat("x", 16<<10) // more than an id ever has, so that the buffers fill soon
		p.tell(notice.VisitRequested, fmt.Sprint(long, i), "u-doc")
	}
	_ = slow.res.Body.Close()
}
