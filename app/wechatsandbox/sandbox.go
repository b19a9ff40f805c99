// Package wechatsandbox is a stand-in for WeChat's log-in server, for the demo and for tests only:
// it speaks jscode2session exactly, and hands out codes for made-up people. Strict mode refuses to
// start with it.
package wechatsandbox

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/app/wechat"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/text"
)

// Limits of the sandbox; the first two are WeChat's own.
const (
	CodeLifetime    = 5 * time.Minute
	MaxPerMinute    = 100   // exchanges of one user in a minute
	MaxCodes        = 10000 // used codes kept; beyond it the sandbox says that it is busy
	maxLoginBody    = 1 << 10
	rateWindow      = time.Minute
	openIDPrefix    = "sandbox-"
	openIDHexDigits = 20
	codeNonce       = 16 // characters
	codeProof       = 32 // hexadecimal digits
)

var reUser = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// Server is the sandbox. A code carries its user, its time and a proof that a sandbox of this
// secret made it, so that an application's other instance can exchange it; each server keeps only
// the codes it has seen used.
type Server struct {
	AppID, Secret string
	Now           func() time.Time

	mux  *http.ServeMux
	mu   sync.Mutex
	used map[string]time.Time // when it was issued, by code
	rate map[string]*window
	busy int
}

type window struct {
	start time.Time
	n     int
}

// New makes a sandbox for one mini-program.
func New(appID, secret string) *Server {
	s := &Server{AppID: appID, Secret: secret, Now: time.Now, mux: http.NewServeMux(), used: make(map[string]time.Time),
		rate: make(map[string]*window)}
	s.mux.HandleFunc("POST /sandbox/login", s.login)
	s.mux.HandleFunc("GET /sns/jscode2session", s.exchange)
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Busy makes the next n exchanges answer errcode -1.
func (s *Server) Busy(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy = n
}

// Code does what wx.login does on a phone: it returns a fresh code for a made-up user.
func (s *Server) Code(user string) string {
	body := strings.Join([]string{"sandbox", strconv.FormatInt(s.Now().UnixMilli(), 10), rand.Text()[:codeNonce], user},
		".")
	return body + "." + s.proof(body)
}

func (s *Server) proof(body string) string {
	return hex.EncodeToString(gm.HMAC([]byte(s.Secret), []byte("wechat sandbox code|"+body)))[:codeProof]
}

// read takes a code apart; false when no sandbox of this secret made it.
func (s *Server) read(code string) (user string, at time.Time, ok bool) {
	end := strings.LastIndexByte(code, '.')
	if end < 0 || subtle.ConstantTimeCompare([]byte(code[end+1:]), []byte(s.proof(code[:end]))) != 1 {
		return "", at, false
	}
	parts := strings.Split(code[:end], ".")
	if len(parts) != 4 {
		return "", at, false
	}
	ms, err := strconv.ParseInt(parts[1], 10, 64)
	return parts[3], time.UnixMilli(ms), err == nil
}

// OpenID is the openid of a made-up user.
func OpenID(user string) string {
	d := gm.Sum([]byte("wechat sandbox openid"), []byte(user))
	return openIDPrefix + hex.EncodeToString(d[:])[:openIDHexDigits]
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	var in struct {
		User string `json:"user"`
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxLoginBody))
	if err == nil {
		err = text.Decode(body, &in)
	}
	if err != nil || !reUser.MatchString(in.User) {
		writeJSON(w, http.StatusBadRequest,
			map[string]string{"sandbox": "send {\"user\": \"…\"}, 1 to 40 characters a-z 0-9 -"})
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"code": s.Code(in.User)})
}

// exchange answers 200 with an errcode even when it refuses, as WeChat does.
func (s *Server) exchange(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	openID, errcode, errmsg := s.answer(q.Get("appid"), q.Get("secret"), q.Get("js_code"), q.Get("grant_type"))
	if errcode != wechat.CodeOK {
		writeJSON(w, http.StatusOK, map[string]any{"errcode": errcode, "errmsg": errmsg})
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"openid": openID, "session_key": rand.Text()})
}

func (s *Server) answer(appID, secret, code, grant string) (openID string, errcode int, errmsg string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	user, at, known := s.read(code)
	_, used := s.used[code]
	switch now := s.Now(); {
	case s.busy > 0:
		s.busy--
		return "", wechat.CodeBusy, "system error"
	case appID != s.AppID:
		return "", wechat.CodeBadAppID, "invalid appid"
	case subtle.ConstantTimeCompare([]byte(secret), []byte(s.Secret)) != 1:
		return "", wechat.CodeBadSecret, "invalid appsecret"
	case !known || grant != "authorization_code" || now.Sub(at) > CodeLifetime:
		return "", wechat.CodeBadCode, "invalid code"
	case used:
		return "", wechat.CodeUsed, "code been used"
	case !s.allow(user, now):
		return "", wechat.CodeTooFrequent, "api minute-quota reach limit"
	case !s.use(code, at, now):
		return "", wechat.CodeBusy, "system error"
	}
	return OpenID(user), wechat.CodeOK, ""
}

// use notes that a code is spent; false when there is no room for it.
func (s *Server) use(code string, at, now time.Time) bool {
	if len(s.used) >= MaxCodes {
		for c, issued := range s.used {
			if now.Sub(issued) > CodeLifetime {
				delete(s.used, c)
			}
		}
		if len(s.used) >= MaxCodes {
			return false
		}
	}
	s.used[code] = at
	return true
}

func (s *Server) allow(user string, now time.Time) bool {
	w := s.rate[user]
	if w == nil || now.Sub(w.start) >= rateWindow {
		w = &window{start: now}
		s.rate[user] = w
	}
	w.n++
	return w.n <= MaxPerMinute
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Sandbox", "wechat")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // a client that went away is no fault of the sandbox
}
