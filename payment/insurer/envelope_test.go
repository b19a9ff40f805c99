package insurer

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/payment"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
)

// Credentials of gm.md section 6, made up for the vector.
const (
	vectorAppID  = "43AF047BBA47FC8A1AE8EFB2EXAMPLE0"
	vectorSecret = "EXAMPLESECRET0123456789ABCDEFGH0"
)

var now = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)

type signer struct{ *gm.PrivateKey }

func (s signer) KeyID() string                                      { return "test" }
func (s signer) Sign(_ context.Context, msg []byte) ([]byte, error) { return s.PrivateKey.Sign(msg) }

func newSigner(t testing.TB) signer {
	t.Helper()
	k, err := gm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return signer{k}
}

// partners are the two sides of one relation.
func partners(t testing.TB) (hospital, bureau Partner) {
	h, b := newSigner(t), newSigner(t)
	return Partner{vectorAppID, vectorSecret, h, b.Public()}, Partner{vectorAppID, vectorSecret, b, h.Public()}
}

func TestKeyVector(t *testing.T) {
	key, err := Partner{AppID: vectorAppID, Secret: vectorSecret}.key()
	if err != nil || string(key) != "05580B81683059C5" {
		t.Errorf("key %s, %v", key, err)
	}
	if same, err := (Partner{AppID: vectorAppID[:keyChars], Secret: vectorSecret}).key(); !bytes.Equal(same, key) {
		t.Errorf("of the shortest id: %s, %v", same, err)
	}
	if _, err := (Partner{AppID: vectorAppID[:keyChars-1], Secret: vectorSecret}).key(); !errors.Is(err, ErrPartner) {
		t.Errorf("of a shorter one: %v", err)
	}
}

func TestSignText(t *testing.T) {
	fields := map[string]string{"version": "2.0.1", "appId": "A", "encType": "SM4", "signType": "SM2", "timestamp": "1",
		"transType": "6201", "signData": "x", "encData": "y", "extra": "z", "empty": ""}
	for _, c := range []struct{ name, data, want string }{
		{"keys in byte order at every level", `{"b":{"z":1,"a":"x"},"a":"1"}`, `{"a":"1","b":{"a":"x","z":"1"}}`},
		{"digits stay", `{"a":12.10,"b":1e2,"c":9007199254740993}`, `{"a":"12.10","b":"1e2","c":"9007199254740993"}`},
		{"booleans are text", `{"a":true,"b":false}`, `{"a":"true","b":"false"}`},
		{"empties are dropped", `{"a":"","b":null,"c":{},"d":[],"e":{"f":""},"g":0}`, `{"g":"0"}`},
		{"no HTML escapes, Chinese as it is", `{"a":"<处方&\u836f>"}`, `{"a":"<处方&药>"}`},
		{"spaces vanish, arrays keep their order", " { \"a\" : [ 2 , 1 , {\"b\":3} ] } ", `{"a":["2","1",{"b":"3"}]}`},
	} {
		got, err := SignText(fields, []byte(c.data), "S")
		want := "appId=A&data=" + c.want + "&encType=SM4&signType=SM2&timestamp=1&transType=6201&version=2.0.1&key=S"
		if err != nil || got != want {
			t.Errorf("%s:\n%s\n%s %v", c.name, got, want, err)
		}
	}
	if got, err := SignText(fields, []byte(`{}`), "S"); err != nil || strings.Contains(got, "data") {
		t.Errorf("empty data: %s %v", got, err)
	}
	objects := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	lists := func(n int) string { return `{"a":` + strings.Repeat("[", n) + "1" + strings.Repeat("]", n) + "}" }
	for _, deepest := range []string{objects(maxDepth), lists(maxDepth - 1)} {
		if _, err := SignText(fields, []byte(deepest), "S"); err != nil {
			t.Errorf("%s: %v", deepest, err)
		}
	}
	for _, bad := range []string{``, `1`, `[]`, `{`, `{} {}`, objects(maxDepth + 1), lists(maxDepth)} {
		if _, err := SignText(fields, []byte(bad), "S"); !errors.Is(err, ErrFormat) {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
}

func sealed(t testing.TB, p Partner, in OrderRef) []byte {
	t.Helper()
	raw, err := p.Seal(context.Background(), OpQuery,
		Request[OrderRef]{Infno: OpQuery, Msgid: strings.Repeat("a", 32), Input: in}, now)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestEnvelopeRoundTrip(t *testing.T) {
	hospital, bureau := partners(t)
	var got Request[OrderRef]
	e, err := bureau.Open(sealed(t, hospital, OrderRef{"ST1 处方 <&>"}), &got, now)
	if err != nil || got.Input.Number != "ST1 处方 <&>" || e.TransType != OpQuery {
		t.Errorf("%+v, %v", got, err)
	}
	sig, err := base64.StdEncoding.DecodeString(e.SignData)
	if err != nil || len(sig) != 64 || strings.ToUpper(e.EncData) != e.EncData {
		t.Errorf("on the wire: %d signature bytes, %v", len(sig), err)
	}
}

// Every change of a sealed message must be noticed, and told apart.
func TestEnvelopeRefusals(t *testing.T) {
	hospital, bureau := partners(t)
	raw := sealed(t, hospital, OrderRef{"ST1"})
	change := func(do func(e map[string]any)) []byte {
		var e map[string]any
		if err := json.Unmarshal(raw, &e); err != nil {
			t.Fatal(err)
		}
		e["timestamp"] = now.UnixMilli() // a float64 would change its digits
		do(e)
		out, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	encrypt := func(p Partner, data string) string {
		c, err := p.encrypt([]byte(data))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	other := hospital
	other.Signer = newSigner(t)
	otherSecret := hospital
	otherSecret.Secret += "1"
	request := `{"infno":"6301","msgid":"` + strings.Repeat("a", 32) + `","input":{"medOrgOrd":"ST2"}}`
	for _, c := range []struct {
		name string
		raw  []byte
		want error
	}{
		{"another key", sealed(t, other, OrderRef{"ST1"}), ErrSignature},
		{"another secret", sealed(t, otherSecret, OrderRef{"ST1"}), ErrSignature},
		{"other data", change(func(e map[string]any) { e["encData"] = encrypt(hospital, request) }), ErrSignature},
		{"another operation", change(func(e map[string]any) { e["transType"] = "6203" }), ErrSignature},
		{"another time", change(func(e map[string]any) { e["timestamp"] = now.UnixMilli() + 1 }), ErrSignature},
		{"another version", change(func(e map[string]any) { e["version"] = "1.0" }), ErrSignature},
		{"another hospital", change(func(e map[string]any) { e["appId"] = strings.Repeat("B", 32) }), ErrFormat},
		{"no encryption", change(func(e map[string]any) { e["encType"] = "" }), ErrFormat},
		{"no signature's type", change(func(e map[string]any) { e["signType"] = "" }), ErrFormat},
		{"no signature", change(func(e map[string]any) { e["signData"] = "" }), ErrSignature},
		{"signature in DER", change(func(e map[string]any) {
			sig, _ := base64.StdEncoding.DecodeString(e["signData"].(string))
			der, _ := gm.RawToDER(sig)
			e["signData"] = base64.StdEncoding.EncodeToString(der)
		}), ErrSignature},
		{"signature with a tail", change(func(e map[string]any) {
			sig, _ := base64.StdEncoding.DecodeString(e["signData"].(string))
			e["signData"] = base64.StdEncoding.EncodeToString(append(sig, 0))
		}), ErrSignature},
		{"half a block", change(func(e map[string]any) { e["encData"] = e["encData"].(string)[2:] }), ErrFormat},
		{"no hex", change(func(e map[string]any) { e["encData"] = "XY" }), ErrFormat},
		{"two messages", append(append([]byte{}, raw...), raw...), ErrFormat},
		{"no JSON", []byte("<html>"), ErrFormat},
		{"too large", make([]byte, MaxMessage+1), ErrFormat},
	} {
		var got Request[OrderRef]
		if _, err := bureau.Open(c.raw, &got, now); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		} else if got.Input.Number != "" {
			t.Errorf("%s: the refused message was decoded", c.name)
		}
	}
}

// A bureau adds fields over the years, inside, and outside the encryption with its signature over
// them or not. They are ignored.
func TestUnknownFieldsAreIgnored(t *testing.T) {
	hospital, bureau := partners(t)
	inner := map[string]any{"infno": "6301", "msgid": "x", "more": []int{1},
		"input": map[string]any{"medOrgOrd": "ST1", "medorgord": "ST2", "free": true}}
	raw, err := hospital.Seal(context.Background(), OpQuery, inner, now)
	if err != nil {
		t.Fatal(err)
	}
	change := func(do func(e map[string]any)) []byte {
		var e map[string]any
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&e); err != nil {
			t.Fatal(err)
		}
		do(e)
		out, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	signed := change(func(e map[string]any) {
		e["charset"], e["fee"], e["gray"], e["empty"] = "utf-8", json.Number("1.50"), true, nil
		data, err := json.Marshal(inner)
		if err != nil {
			t.Fatal(err)
		}
		fields := map[string]string{"charset": "utf-8", "fee": "1.50", "gray": "true"}
		for _, name := range []string{"appId", "encType", "signType", "transType", "version"} {
			fields[name] = e[name].(string)
		}
		fields["timestamp"] = e["timestamp"].(json.Number).String()
		text, err := SignText(fields, data, hospital.Secret)
		if err != nil {
			t.Fatal(err)
		}
		der, err := hospital.Signer.Sign(context.Background(), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		sig, _ := gm.DERToRaw(der)
		e["signData"] = base64.StdEncoding.EncodeToString(sig)
	})
	for name, raw := range map[string][]byte{
		"inside": raw, "outside, signed": signed,
		"outside, not signed": change(func(e map[string]any) { e["admin"] = true }),
		"the time as a text": change(
			func(e map[string]any) { e["timestamp"] = e["timestamp"].(json.Number).String() }),
	} {
		var got Request[OrderRef]
		if _, err := bureau.Open(raw, &got, now); err != nil || got.Input.Number != "ST1" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestWindow(t *testing.T) {
	hospital, bureau := partners(t)
	raw := sealed(t, hospital, OrderRef{"ST1"})
	for offset, want := range map[time.Duration]error{
		Window: nil, -Window: nil, Window + time.Millisecond: ErrTimestamp, -Window - time.Millisecond: ErrTimestamp,
		24 * time.Hour: ErrTimestamp,
	} {
		if _, err := bureau.Open(raw, &Request[OrderRef]{}, now.Add(offset)); !errors.Is(err, want) {
			t.Errorf("received %s later: %v", offset, err)
		}
	}
}

func TestYuanOnTheWire(t *testing.T) {
	b, err := json.Marshal(Amounts{Fund: 1210, Account: 0, Cash: 5})
	if err != nil || string(b) != `{"fundPay":12.10,"acctPay":0.00,"psnCashPay":0.05}` {
		t.Errorf("%s %v", b, err)
	}
	var a Amounts
	if err := json.Unmarshal(b, &a); err != nil || a.Fund != 1210 {
		t.Errorf("%+v %v", a, err)
	}
	for _, good := range []string{`12.1`, `12.10`, `"12.10"`, `12.1000`, `1.21e1`} {
		if err := json.Unmarshal([]byte(`{"fundPay":`+good+`}`), &a); err != nil || a.Fund != 1210 {
			t.Errorf("%s was read as %d: %v", good, a.Fund, err)
		}
	}
	for _, bad := range []string{`12.101`, `-1.00`, `"12,10"`, `"一"`, `[12]`, `{}`, `true`} {
		if err := json.Unmarshal([]byte(`{"fundPay":`+bad+`}`), &a); err == nil {
			t.Errorf("%s was read as %d", bad, a.Fund)
		}
	}
	if _, err := json.Marshal(Amounts{Fund: -1}); !errors.Is(err, money.ErrAmount) {
		t.Errorf("a negative amount was written: %v", err)
	}
}

func TestFeesRoundTrip(t *testing.T) {
	fees := money.Fees{{Code: "A", Name: "甲", Class: money.ClassA, Price: 1, Quantity: 2, Amount: 2},
		{Code: "C", Name: "丙", Class: money.ClassC, Price: 3, Quantity: 1, Amount: 3}}
	wire := Fees(fees)
	back := FromFees(wire)
	for i := range fees {
		if back[i] != fees[i] {
			t.Errorf("%+v became %+v", fees[i], back[i])
		}
	}
	wire[0].Level = "04"
	if _, err := FromFees(wire).Total(); !errors.Is(err, payment.ErrInvalid) {
		t.Errorf("an unknown class: %v", err)
	}
}

func TestOrderStates(t *testing.T) {
	for from, want := range map[OrdState]bureau.OrderState{
		-1: "", 0: bureau.OrderProcessing, 2: bureau.OrderProcessing, 3: bureau.OrderProcessing,
		5: bureau.OrderProcessing, 6: bureau.OrderSettled,
		7: bureau.OrderCancelled, 8: bureau.OrderRefunded, 13: bureau.OrderCancelled, 14: bureau.OrderFailed,
		16: bureau.OrderFailed, 17: "",
	} {
		if got := from.meaning(); got != want {
			t.Errorf("ordStas %d means %q, want %q", from, got, want)
		}
	}
}

func TestPartnerCheck(t *testing.T) {
	good, _ := partners(t)
	for name, change := range map[string]func(*Partner){
		"short appId": func(p *Partner) { p.AppID = p.AppID[:keyChars-1] },
		"no secret":   func(p *Partner) { p.Secret = "" },
		"no key":      func(p *Partner) { p.Signer = nil },
		"no peer":     func(p *Partner) { p.Peer = nil },
	} {
		p := good
		change(&p)
		if err := p.Check(); !errors.Is(err, ErrPartner) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if good.AppID = good.AppID[:keyChars]; good.Check() != nil {
		t.Error("the shortest appId is refused")
	}
}

// FuzzOpen: whatever arrives, Open answers with one of its errors and never believes it.
func FuzzOpen(f *testing.F) {
	hospital, bureau := partners(f)
	f.Add(sealed(f, hospital, OrderRef{"ST1"}))
	f.Add([]byte(`{"appId":"` + vectorAppID + `","encType":"SM4","signType":"SM2","version":"2.0.1","encData":"` +
		hex.EncodeToString(make([]byte, 16)) + `"}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var req Request[OrderRef]
		_, err := bureau.Open(raw, &req, now)
		if err == nil && req.Input.Number != "ST1" {
			t.Fatalf("believed %+v", req)
		}
		if err != nil && !errors.Is(err, ErrFormat) && !errors.Is(err, ErrSignature) && !errors.Is(err, ErrTimestamp) {
			t.Fatal(err)
		}
	})
}

// FuzzSignText: the signed form is stable, the same text is made of what it made.
func FuzzSignText(f *testing.F) {
	f.Add([]byte(`{"b":[1,true,null,{"a":""}],"a":12.10}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		once, err := canonicalData(data)
		if err != nil || once == "" {
			return
		}
		if twice, err := canonicalData([]byte(once)); err != nil || twice != once {
			t.Fatalf("%q then %q, %v", once, twice, err)
		}
	})
}

// TestSignerID: bureaus agree on a signer's id (用户标识) of their own; messages under another do
// not pass.
func TestSignerID(t *testing.T) {
	keys, err := keystore.Open(t.TempDir(), bytes.Repeat([]byte{7}, keystore.MasterSize))
	if err != nil {
		t.Fatal(err)
	}
	ours, err := keys.Create("ours")
	if err != nil {
		t.Fatal(err)
	}
	under, err := keystore.As(ours, "NHSA-44")
	if err != nil {
		t.Fatal(err)
	}
	hospital, bureau := partners(t)
	hospital.Signer, bureau.Peer = under, ours.Public().As("NHSA-44")
	raw, err := hospital.Seal(t.Context(), "6202", map[string]string{"a": "1"}, now)
	if err != nil {
		t.Fatal(err)
	}
	var msg map[string]string
	if _, err := bureau.Open(raw, &msg, now); err != nil {
		t.Error(err)
	}
	bureau.Peer = ours.Public()
	if _, err := bureau.Open(raw, &msg, now); !errors.Is(err, ErrSignature) {
		t.Errorf("under the default id: %v", err)
	}
}
