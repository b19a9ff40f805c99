// Package chat is what is said in a visit, over plain HTTP: messages, with a long poll for poor
// networks, and pictures.
package chat

import (
	"context"
	"net/http"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	consultapi "github.com/smart-hospital/hospital/app/httpapi/consult"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

// Tag is the operations' of a chat.
var Tag = web.Tag{Name: "Chat", Office: true,
	Doc: "What is said during a consultation, over HTTP or a WebSocket."}

// Chat is the consultation's messages. Those who wait for some end with Shut.
type Chat struct {
	API *web.API
	Svc *consult.Service
	// Open ends when the server shuts down.
	Open    context.Context
	shut    context.CancelFunc
	readers *limit.Seats // by account id, of long polls and sockets together
}

type messagesInput struct {
	consultapi.ConsultationID
	web.TokenInput
	Since int64 `query:"since" minimum:"0" default:"0" doc:"Number of the last message you have"`
	Wait  int   `query:"wait" minimum:"0" maximum:"25" default:"0" doc:"Seconds to wait for a message when there is none"`
}

type messagesOutput struct{ Body chat.Page }

type postMessageInput struct {
	consultapi.ConsultationID
	Body struct {
		Kind chat.Kind `json:"kind" enum:"text,image"`
		Text string    `json:"text,omitempty" maxLength:"4000" example:"您好，咳嗽三天了"`
		File string    `json:"file,omitempty" maxLength:"64" doc:"Id of an uploaded picture, for an image" example:"F7k2mq4xw5zt3yb6nc2da"`
	}
}

type messageOutput struct{ Body chat.Message }

type readInput struct {
	consultapi.ConsultationID
	Body struct {
		Seq int64 `json:"seq" minimum:"0" doc:"Highest number that was shown" example:"7"`
	}
}

type readOutput struct{ Body chat.Marks }

// Register adds the messages of a consultation and its pictures. The caller calls Shut when the
// server stops.
func Register(a *web.API, svc *consult.Service) *Chat {
	c := &Chat{API: a, Svc: svc, readers: limit.NewSeats(web.LongReadersOfAll, web.MaxReaders)}
	c.Open, c.shut = context.WithCancel(context.Background())
	web.Handle(a, web.Op{ID: "read-messages", Method: http.MethodGet, Path: "/v1/consultations/{id}/messages",
		Summary: "Messages after a number, at most 200; with wait as a long poll", Tag: Tag,
		Roles: consultapi.BothSides, Codes: []string{"too-many-readers"}}, c.readMessages)
	web.Handle(a, web.Op{ID: "post-message", Method: http.MethodPost, Path: "/v1/consultations/{id}/messages",
		Summary: "Send a message", Tag: Tag,
		Doc:   "The Idempotency-Key is the message's clientId, the same that a socket would send: a message tried on both roads is one message.",
		Roles: consultapi.BothSides, Status: http.StatusCreated, Command: true,
		Codes: []string{"consultation-state", "consultation-full", "client-id-reused", "invalid-input"}}, c.postMessage)
	web.Handle(a, web.Op{ID: "mark-read", Method: http.MethodPut, Path: "/v1/consultations/{id}/read",
		Summary: "Say up to where the caller has read", Tag: Tag, Roles: consultapi.BothSides, Command: true},
		func(ctx context.Context, in *readInput) (*readOutput, error) {
			marks, err := svc.MarkRead(ctx, web.Caller(ctx).Person, in.ID, in.Body.Seq)
			return &readOutput{marks}, err
		})
	c.registerFiles()
	a.LongLived("/v1/consultations/:id/messages")
	return c
}

// Shut ends long polls, and whatever else waits for Open.
func (c *Chat) Shut() { c.shut() }

// Enter counts a reader of an account in; ok is false when it has web.MaxReaders already, or the
// instance as many as it bears.
func (c *Chat) Enter(account string) (leave func(), ok bool) {
	if !c.readers.Take(account, 1) {
		return nil, false
	}
	return func() { c.readers.Give(account, 1) }, true
}

func (c *Chat) readMessages(ctx context.Context, in *messagesInput) (*messagesOutput, error) {
	who := web.Caller(ctx)
	if in.Wait == 0 {
		p, err := c.Svc.Messages(ctx, who.Person, in.ID, in.Since)
		return page(p, err)
	}
	leave, ok := c.Enter(who.ID)
	if !ok {
		return nil, problem.New("too-many-readers", "this account reads on as many connections as it may")
	}
	defer leave()
	until, cancel := context.WithTimeout(c.Open, time.Duration(in.Wait)*time.Second)
	defer cancel()
	p, err := c.Svc.Wait(ctx, until, who.Person, in.ID, in.Since)
	if err != nil {
		return nil, err
	}
	// It may have waited past a log-out or a suspension.
	now, err := c.API.Reading(ctx, in.Authorization)
	if err == nil && !web.SameReader(now, who) {
		err = accounts.ErrUnauthenticated
	}
	if err == nil {
		err = c.API.InOffice(ctx, now)
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
	m, _, err := c.Svc.Post(ctx, web.Caller(ctx).Person, in.ID, out)
	return &messageOutput{m}, err
}

// hashUpload is the digest an upload's Idempotency-Key is bound to: the bytes, not their multipart
// frame, which differs at every try.
func hashUpload(id string, picture []byte) [32]byte { return gm.Sum([]byte(id+"\n"), picture) }
