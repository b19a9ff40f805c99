package bureau

import (
	"context"
	"time"
)

// Exchange is one message to the insurer and what came back: evidence for the person who has to end
// an unknown outcome.
type Exchange struct {
	At         time.Time `json:"at"`
	Op         string    `json:"op" doc:"Operation of the platform" example:"6202"`
	Sent       string    `json:"sent" doc:"What was asked, without drugs and tokens" example:"{\"medOrgOrd\":\"ST20261122170838139661\"}"`
	SentDigest string    `json:"sentDigest" doc:"SM3 of the message on the wire" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Came       string    `json:"came" doc:"The beginning of what came back: the inner message where its signature holds, else as it came" example:"{\"infcode\":0}"`
	CameDigest string    `json:"cameDigest" doc:"SM3 of the answer on the wire; empty: nothing came" example:"957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"`
	Fault      string    `json:"fault" doc:"Why it is no answer; empty: it is one" example:"payment: the insurer's outcome is unknown: 6202: HTTP status 500"`
}

// MaxExchangeText bounds what is kept of a message, in bytes.
const MaxExchangeText = 4 << 10

type exchangesKey struct{}

// WithExchanges has note called with every exchange of the calls under ctx.
func WithExchanges(ctx context.Context, note func(Exchange)) context.Context {
	return context.WithValue(ctx, exchangesKey{}, note)
}

// NoteExchange tells whoever waits for a call under ctx what went over the wire. An [Insurer] calls
// it for every message.
func NoteExchange(ctx context.Context, e Exchange) {
	if note, ok := ctx.Value(exchangesKey{}).(func(Exchange)); ok {
		note(e)
	}
}
