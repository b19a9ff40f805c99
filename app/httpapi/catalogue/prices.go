package catalogue

import (
	"context"
	"net/http"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/problem"
	"github.com/smart-hospital/hospital/prescription/pricelist"
)

// Refusals are this room's.
var Refusals = []problem.Entry{
	{Code: "not-found", Status: http.StatusNotFound, Is: pricelist.ErrUnknown, Detail: "no such drug"},
	{Code: "price-import-moved", Status: http.StatusConflict, Is: pricelist.ErrMoved,
		Detail: "file or prices are not those of the dry run",
		Do:     "Try the file again: it is another one, or prices changed since its dry run."},
	{Code: "price-file-faulty", Status: http.StatusUnprocessableEntity, Is: pricelist.ErrFaulty,
		Detail: "the file has lines that cannot be taken",
		Do:     "Try the file, correct the lines that its dry run names, and try it again."},
}

type (
	pricesInput struct {
		Query     string `query:"q" maxLength:"50" doc:"Chinese name, pinyin initials, English name or code; empty: all" example:"ALDP"`
		Changed   bool   `query:"changed" doc:"Only what the hospital changed"`
		Withdrawn bool   `query:"withdrawn" doc:"Only what is not offered"`
		After     string `query:"after" maxLength:"16" doc:"Text that came with the page before; not with q" example:"D0135"`
	}
	pricesOutput struct {
		Body struct {
			Prices []pricelist.Entry `json:"prices" doc:"At most 100; best match first with q, else by code"`
			Next   string            `json:"next,omitempty" doc:"Give it as after for the next page; absent: the end" example:"D0135"`
		}
	}
	// PriceCode is the drug in a path.
	PriceCode struct {
		Code string `path:"code" maxLength:"16" doc:"Catalogue code" example:"D0135"`
	}
	setPriceInput struct {
		PriceCode
		Body struct {
			PriceFen int64 `json:"priceFen" minimum:"1" maximum:"100000000" doc:"One package, in fen (分)" example:"1520"`
			Offered  bool  `json:"offered" doc:"False: doctors do not find it and cannot issue it"`
			Version  int64 `json:"version" minimum:"0" doc:"Version that was seen" example:"0"`
		}
	}
	priceOutput       struct{ Body pricelist.Entry }
	priceChangesInput struct {
		PriceCode
		Before int64 `query:"before" minimum:"0" doc:"Version of the last change you have; 0: from the newest" example:"0"`
	}
	priceChangesOutput struct {
		Body struct {
			Changes []pricelist.Change `json:"changes" doc:"Newest first, at most 50"`
		}
	}
	// PriceFile is a file of prices.
	PriceFile struct {
		File []byte `json:"file" minLength:"1" maxLength:"955736" doc:"CSV in base64, at most 716800 bytes and 20000 lines: UTF-8 or GB18030, with a heading. Columns: code (编码), price (单价, in yuan), offered (供应); others are not read" example:"Y29kZSxwcmljZQpEMDEzNSwxNS4yMAo="`
	}
	tryPricesInput    struct{ Body PriceFile }
	importPricesInput struct {
		Body struct {
			PriceFile
			Digest string `json:"digest" minLength:"1" maxLength:"64" doc:"Of the dry run" example:"9f86d081884c7d65"`
		}
	}
	planOutput struct{ Body pricelist.Plan }
)

// RegisterPrices adds the price list, for the hospital's own administrators.
func RegisterPrices(a *web.API, list *pricelist.List) {
	web.Handle(a, web.Op{Home: true, ID: "list-prices", Method: http.MethodGet, Path: "/v1/admin/prices",
		Summary: "Drugs with their prices, and whether they are offered (药品目录与价格)", Tag: web.Administration,
		Roles: web.AdminOnly},
		func(ctx context.Context, in *pricesInput) (*pricesOutput, error) {
			entries, next, err := list.Entries(ctx, pricelist.Filter{Query: in.Query, Changed: in.Changed,
				Withdrawn: in.Withdrawn, After: in.After})
			out := &pricesOutput{}
			out.Body.Prices, out.Body.Next = entries, next
			return out, err
		})
	web.Handle(a, web.Op{Home: true, ID: "price-changes", Method: http.MethodGet,
		Path:    "/v1/admin/prices/{code}/changes",
		Summary: "Who changed a drug's price, when, and from what to what", Tag: web.Administration,
		Roles: web.AdminOnly, Codes: []string{"not-found"}},
		func(ctx context.Context, in *priceChangesInput) (*priceChangesOutput, error) {
			changes, err := list.Changes(ctx, in.Code, in.Before)
			out := &priceChangesOutput{}
			out.Body.Changes = changes
			return out, err
		})
	web.Handle(a, web.Op{Home: true, ID: "set-price", Method: http.MethodPut, Path: "/v1/admin/prices/{code}",
		Summary: "Change a drug's price, or whether it is offered", Tag: web.Administration, Roles: web.AdminOnly,
		Command: true, Codes: []string{"not-found", "version-conflict"},
		Doc: "It holds for prescriptions that are issued from now on. Issued ones keep the prices that were signed."},
		func(ctx context.Context, in *setPriceInput) (*priceOutput, error) {
			e, err := list.Set(ctx, web.Command(ctx, "price.set"), web.Caller(ctx).Person, in.Code,
				pricelist.Standing{PriceFen: in.Body.PriceFen, Offered: in.Body.Offered, Version: in.Body.Version})
			return &priceOutput{e}, err
		})
	web.Handle(a, web.Op{Home: true, ID: "try-prices", Method: http.MethodPost, Path: "/v1/admin/prices/try",
		Summary: "What a file of prices would change, line by line (试导入)", Tag: web.Administration,
		Roles: web.AdminOnly, Doc: "Nothing is written. The digest that comes back lets exactly this be imported."},
		func(ctx context.Context, in *tryPricesInput) (*planOutput, error) {
			p, err := list.Try(ctx, in.Body.File)
			return &planOutput{p}, err
		})
	web.Handle(a, web.Op{Home: true, ID: "import-prices", Method: http.MethodPost, Path: "/v1/admin/prices/import",
		Summary: "Take a file of prices, all of it or nothing", Tag: web.Administration, Roles: web.AdminOnly,
		Command: true, Codes: []string{"price-import-moved", "price-file-faulty"},
		Doc: "What is written is what the dry run of this digest showed."},
		func(ctx context.Context, in *importPricesInput) (*planOutput, error) {
			p, err := list.Import(ctx, web.Command(ctx, "price.import"), web.Caller(ctx).Person, in.Body.File,
				in.Body.Digest)
			return &planOutput{p}, err
		})
}
