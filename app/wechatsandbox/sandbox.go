// Package wechatsandbox is a stand-in for WeChat's log-in server, for the demo and for tests only: it speaks
// jscode2session exactly, and hands out codes for made-up people. Strict mode refuses to start with it.
package wechatsandbox

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"regexp"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/app/wechat"
	"github.com/smart-hospital/hospital/chain/gm"
)

// Limits of the sandbox; the first two are WeChat's own.
const (
	CodeLifetime    = 5 * time.Minute
	MaxPerMinute    = 100   // exchanges of one user in a minute
	MaxCodes        = 10000 // codes kept; beyond it the sandbox says that it is busy
	maxLoginBody    = 1 << 10
	rateWindow      = time.Minute
	openIDPrefix    = "sandbox-"
	openIDHexDigits = 20
)

var reUser = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// Server is the sandbox.
type Server struct {
	AppID, Secret string
	Now           func() time.Time

	mux   *http.ServeMux
	mu    sync.Mutex
	codes map[string]*issued
	rate  map[string]*window
	busy  int
}

type issued struct {
	user string
	at   time.Time
	used bool
}

type window struct {
	start time.Time
	n     int
}

// New makes a sandbox for one mini-program.
func New(appID, secret string) *Server {
	s := &Server{AppID: appID, Secret: secret, Now: time.Now, mux: http.NewServeMux(), codes: make(map[string]*issued), rate: make(map[string]*window)}
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

// Code does what wx.login does on a phone: it returns a fresh code for a made-up user, "" when too many are open.
func (s *Server) Code(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	if len(s.codes) >= MaxCodes {
		for c, i := range s.codes {
			if now.Sub(i.at) > CodeLifetime {
				delete(s.codes, c)
			}
		}
		if len(s.codes) >= MaxCodes {
			return ""
		}
	}
	code := "sandbox" + rand.Text()
	s.codes[code] = &issued{user: user, at: now}
	return code
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
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxLoginBody))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil || !reUser.MatchString(in.User) {
		writeJSON(w, http.StatusBadRequest, map[string]string{"sandbox": "send {\"user\": \"…\"}, 1 to 40 characters a-z 0-9 -"})
		return
	}
	code := s.Code(in.User)
	if code == "" {
		writeJSON(w, http.StatusServiceUnavailable, map[string]string{"sandbox": "too many open codes, wait five minutes"})
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"code": code})
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
	i := s.codes[code]
	switch now := s.Now(); {
	case s.busy > 0:
		s.busy--
		return "", wechat.CodeBusy, "system error"
	case appID != s.AppID:
		return "", wechat.CodeBadAppID, "invalid appid"
	case subtle.ConstantTimeCompare([]byte(secret), []byte(s.Secret)) != 1:
		return "", wechat.CodeBadSecret, "invalid appsecret"
	case i == nil || grant != "authorization_code" || now.Sub(i.at) > CodeLifetime:
		return "", wechat.CodeBadCode, "invalid code"
	case i.used:
		return "", wechat.CodeUsed, "code been used"
	case !s.allow(i.user, now):
		return "", wechat.CodeTooFrequent, "api minute-quota reach limit"
	}
	i.used = true
	return OpenID(i.user), wechat.CodeOK, ""
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
