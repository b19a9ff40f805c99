package consult

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

var tagChat = web.Tag{Name: "Chat", Office: true,
	Doc: "What is said during a consultation, over HTTP or a WebSocket."}

const socketRoute = "/v1/consultations/:id/chat"

// Chat is the consultation's messages over HTTP and over sockets. Shutdown ends what is open.
type Chat struct {
	api    *web.API
	svc    *consult.Service
	limits socketLimits
	open   context.Context // ends when the server shuts down
	shut   context.CancelFunc

	readers  *limit.Seats // by account id
	entering *limit.Seats // by network: sockets that have not said yet whose they are

	mu      sync.Mutex
	sockets sync.WaitGroup
}

type messagesInput struct {
	ConsultationID
	web.TokenInput
	Since int64 `query:"since" minimum:"0" default:"0" doc:"Number of the last message you have"`
	Wait  int   `query:"wait" minimum:"0" maximum:"25" default:"0" doc:"Seconds to wait for a message when there is none"`
}

type messagesOutput struct{ Body chat.Page }

type postMessageInput struct {
	ConsultationID
	Body struct {
		Kind chat.Kind `json:"kind" enum:"text,image"`
		Text string    `json:"text,omitempty" maxLength:"4000" example:"您好，咳嗽三天了"`
		File string    `json:"file,omitempty" maxLength:"64" doc:"Id of an uploaded picture, for an image" example:"F7k2mq4xw5zt3yb6nc2da"`
	}
}

type messageOutput struct{ Body chat.Message }

type readInput struct {
	ConsultationID
	Body struct {
		Seq int64 `json:"seq" minimum:"0" doc:"Highest number that was shown" example:"7"`
	}
}

type readOutput struct{ Body chat.Marks }

// RegisterChat adds the messages of a consultation: plain HTTP for poor networks, a socket for good
// ones, both over the same service, and pictures. The caller calls Shutdown when the server stops.
func RegisterChat(a *web.API, svc *consult.Service) *Chat {
	return registerChat(a, svc, defaultSocketLimits)
}

func registerChat(a *web.API, svc *consult.Service, limits socketLimits) *Chat {
	c := &Chat{api: a, svc: svc, limits: limits, readers: limit.NewSeats(web.LongReadersOfAll, web.MaxReaders),
		entering: limit.NewSeats(web.LongReadersOfAll, web.LongReadersToEnter)}
	c.open, c.shut = context.WithCancel(context.Background())
	web.Handle(a, web.Op{ID: "read-messages", Method: http.MethodGet, Path: "/v1/consultations/{id}/messages",
		Summary: "Messages after a number, at most 200; with wait as a long poll", Tag: tagChat,
		Roles: bothSides, Codes: []string{"too-many-readers"}}, c.readMessages)
	web.Handle(a, web.Op{ID: "post-message", Method: http.MethodPost, Path: "/v1/consultations/{id}/messages",
		Summary: "Send a message", Tag: tagChat,
		Doc:   "The Idempotency-Key is the message's clientId, the same that a socket would send: a message tried on both roads is one message.",
		Roles: bothSides, Status: http.StatusCreated, Command: true,
		Codes: []string{"consultation-state", "consultation-full", "client-id-reused", "invalid-input"}}, c.postMessage)
	web.Handle(a, web.Op{ID: "mark-read", Method: http.MethodPut, Path: "/v1/consultations/{id}/read",
		Summary: "Say up to where the caller has read", Tag: tagChat, Roles: bothSides, Command: true},
		func(ctx context.Context, in *readInput) (*readOutput, error) {
			marks, err := svc.MarkRead(ctx, web.Caller(ctx).Person, in.ID, in.Body.Seq)
			return &readOutput{marks}, err
		})
	c.registerFiles()
	a.LongLived("/v1/consultations/:id/messages")
	a.LongLived(socketRoute)
	a.Echo.GET(socketRoute, c.serveSocket)
	responses := a.ProblemResponses("unauthenticated", "forbidden", "consultation-not-found", "upgrade-required",
		"too-many-readers")
	responses["101"] = &huma.Response{Description: "The socket is open"}
	a.Huma.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "chat-socket", Method: http.MethodGet, Path: "/v1/consultations/{id}/chat",
		Summary: "Messages over a WebSocket", Tags: a.Tagged(tagChat),
		Description: "Subprotocol " + Subprotocol +
			". The first frame, or the subprotocol bearer.TOKEN, or the Authorization header carries the session's token. CHAT.md has the frames and close codes.",
		Parameters: []*huma.Param{
			{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}},
			{Name: "since", In: "query", Description: "Number of the last message the client has",
				Schema: &huma.Schema{Type: huma.TypeInteger}},
		},
		Responses: responses,
	})
	return c
}

// Shutdown says goodbye (1001) on every socket, ends long polls and waits for them until ctx ends.
func (c *Chat) Shutdown(ctx context.Context) error {
	c.mu.Lock()
	c.shut()
	c.mu.Unlock()
	done := make(chan struct{})
	go func() { c.sockets.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// begin counts a socket in, so that Shutdown waits for it; false when the server stops already.
func (c *Chat) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open.Err() != nil {
		return false
	}
	c.sockets.Add(1)
	return true
}

// enter counts a reader of an account in; ok is false when it has MaxReaders already, or the
// instance as many as it bears.
func (c *Chat) enter(account string) (leave func(), ok bool) {
	if !c.readers.Take(account, 1) {
		return nil, false
	}
	return func() { c.readers.Give(account, 1) }, true
}

func (c *Chat) readMessages(ctx context.Context, in *messagesInput) (*messagesOutput, error) {
	who := web.Caller(ctx)
	if in.Wait == 0 {
		p, err := c.svc.Messages(ctx, who.Person, in.ID, in.Since)
		return page(p, err)
	}
	leave, ok := c.enter(who.ID)
	if !ok {
		return nil, problem.New("too-many-readers", "this account reads on as many connections as it may")
	}
	defer leave()
	until, cancel := context.WithTimeout(c.open, time.Duration(in.Wait)*time.Second)
	defer cancel()
	p, err := c.svc.Wait(ctx, until, who.Person, in.ID, in.Since)
	if err != nil {
		return nil, err
	}
	// It may have waited past a log-out or a suspension.
	now, err := c.api.Reading(ctx, in.Authorization)
	if err == nil && !web.SameReader(now, who) {
		err = accounts.ErrUnauthenticated
	}
	if err == nil {
		err = c.api.InOffice(ctx, now)
	}
	return page(p, err)
}

func page(p *chat.Page, err error) (*messagesOutput, error) {
	if err != nil {
		return nil, err
	}
	return &messagesOutput{*p}, nil
}

func (c *Chat) postMessage(ctx context.Context, in *postMessageInput) (*messageOutput, error) {
	out := chat.Outgoing{ClientID: web.Command(ctx, "consult.message").Key, Kind: in.Body.Kind, Text: in.Body.Text,
		File: in.Body.File}
	m, _, err := c.svc.Post(ctx, web.Caller(ctx).Person, in.ID, out)
	return &messageOutput{m}, err
}

// hashUpload is the digest an upload's Idempotency-Key is bound to: the bytes, not their multipart
// frame, which differs at every try.
func hashUpload(id string, picture []byte) [32]byte { return gm.Sum([]byte(id+"\n"), picture) }
