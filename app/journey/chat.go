package journey

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

const chatTimeout = 20 * time.Second

// chatFrame is what this client reads and writes of app/httpapi/consult/socket/CHAT.md.
type chatFrame struct {
	Type     string `json:"type"`
	Token    string `json:"token,omitempty"`
	ClientID string `json:"clientId,omitempty"`
	Kind     string `json:"kind,omitempty"`
	Text     string `json:"text,omitempty"`
	Seq      int64  `json:"seq,omitempty"`
	Code     string `json:"code,omitempty"`
	Message  *struct {
		Seq  int64  `json:"seq"`
		Text string `json:"text"`
	} `json:"message,omitempty"`
}

// openChat connects to a consultation's socket and asks for everything after since.
func (p *person) openChat(ctx context.Context, consultation string, since int64) (*websocket.Conn, error) {
	url := fmt.Sprintf("%s/v1/consultations/%s/chat?since=%d", strings.Replace(p.base, "http", "ws", 1),
		consultation, since)
	conn, res, err := websocket.Dial(ctx, url,
		&websocket.DialOptions{HTTPClient: &http.Client{Transport: p.http.Transport},
			Subprotocols: []string{"hospital.chat.v1"}})
	if res != nil && res.Body != nil {
		_ = res.Body.Close()
	}
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(1 << 20)
	return conn, wsjson.Write(ctx, conn, chatFrame{Type: "auth", Token: p.token})
}

// say sends one message and waits until the server has it for good. Tried again under the same
// client id, it is one message.
func (p *person) say(ctx context.Context, consultation, text string) error {
	id := rand.Text()
	return p.overSocket(ctx, consultation, 0, func(ctx context.Context, conn *websocket.Conn) error {
		if err := wsjson.Write(ctx, conn, chatFrame{Type: "send", ClientID: id, Kind: "text", Text: text}); err != nil {
			return err
		}
		for {
			var f chatFrame
			if err := wsjson.Read(ctx, conn, &f); err != nil {
				return err
			}
			if f.Type == "error" {
				return fmt.Errorf("%w: chat refused: %s", ErrSurprise, f.Code)
			}
			if f.Type == "ack" && f.ClientID == id && f.Seq > 0 {
				return nil
			}
		}
	})
}

// hear reads, over a connection of its own, the messages after since until it has those wanted:
// what a phone does after its connection was lost.
func (p *person) hear(ctx context.Context, consultation string, since int64, want ...string) error {
	return p.overSocket(ctx, consultation, since, func(ctx context.Context, conn *websocket.Conn) error {
		last, left := since, want
		for len(left) > 0 {
			var f chatFrame
			if err := wsjson.Read(ctx, conn, &f); err != nil {
				return err
			}
			if f.Message == nil {
				continue
			}
			if f.Message.Seq != last+1 {
				return fmt.Errorf("%w: message %d after %d", ErrSurprise, f.Message.Seq, last)
			}
			last = f.Message.Seq
			if f.Message.Text == left[0] {
				left = left[1:]
			}
		}
		return nil
	})
}

// closeSession is the close code of a session that ended (CHAT.md).
const closeSession websocket.StatusCode = 4401

func (p *person) overSocket(ctx context.Context, consultation string, since int64,
	fn func(context.Context, *websocket.Conn) error) error {
	return p.persist(ctx, func() error {
		ctx, cancel := context.WithTimeout(ctx, chatTimeout)
		defer cancel()
		conn, err := p.openChat(ctx, consultation, since)
		if err != nil {
			return fmt.Errorf("chat: %w", err)
		}
		defer func() { _ = conn.CloseNow() }() // a no-op after Close
		if err := fn(ctx, conn); err != nil {
			if websocket.CloseStatus(err) == closeSession {
				return &Refused{Status: http.StatusUnauthorized, Code: "unauthenticated"}
			}
			return fmt.Errorf("chat: %w", err)
		}
		return conn.Close(websocket.StatusNormalClosure, "")
	})
}
