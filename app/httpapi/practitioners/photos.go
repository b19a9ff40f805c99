package practitioners

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/picture"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/gm"
)

// photoCache: an address names the digest of its bytes, so that what it shows never changes.
const photoCache = "public, max-age=31536000, immutable"

type sendPhotoInput struct {
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"JPEG, PNG or WebP, at most 5 MiB and 160 pixels a side at least; the type is taken from the bytes"`
	}]
}

type photoOutput struct{ Body practitioners.Photo }

type ownPhotoOutput struct {
	Body struct {
		Photo *practitioners.Photo `json:"photo,omitempty" doc:"Missing: none was sent"`
	}
}

type photosOutput struct {
	Body struct {
		Photos []practitioners.Photo `json:"photos" doc:"Oldest first, twenty at most"`
	}
}

type decidePhotoInput struct {
	web.PersonPath
	Body struct {
		Digest string `json:"digest" maxLength:"64" doc:"Of the photo that was looked at" example:"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
		Show   bool   `json:"show" doc:"false: refuse it, or take down the one that is shown"`
	}
}

type shownPhotoInput struct {
	web.PersonPath
	Digest string `path:"digest" maxLength:"64" doc:"SM3 of the bytes, hex" example:"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"`
}

type shownPhotoOutput struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

// registerPhotos adds what doctors look like: sent by the doctor, shown on an administrator's word.
func registerPhotos(a *web.API, svc *practitioners.Service) {
	doctor := []accounts.Role{accounts.Doctor}
	web.Handle(a, web.Op{ID: "send-photo", Method: http.MethodPost, Path: "/v1/practitioners/me/photo",
		Summary: "Send a photo of oneself; it is shown once an administrator has looked at it", Tag: tagRegister,
		Roles: doctor, Status: http.StatusCreated, Command: true, Upload: true,
		Codes: []string{"picture-refused", "photo-quota", "practitioner-not-approved"}},
		func(ctx context.Context, in *sendPhotoInput) (*photoOutput, error) {
			file := in.RawBody.Data().File
			defer file.Close()
			content, err := io.ReadAll(io.LimitReader(file, picture.MaxBytes+1))
			if err != nil {
				return nil, err
			}
			cmd := web.Command(ctx, "practitioners.photo")
			cmd.Hash = gm.Sum(content)
			p, err := svc.SendPhoto(ctx, cmd, web.Caller(ctx).Person, content)
			return &photoOutput{p}, err
		})
	web.Handle(a, web.Op{ID: "my-photo", Method: http.MethodGet, Path: "/v1/practitioners/me/photo",
		Summary: "The newest photo one has sent, and what became of it", Tag: tagRegister, Roles: doctor},
		func(ctx context.Context, _ *struct{}) (*ownPhotoOutput, error) {
			p, err := svc.PhotoOf(ctx, web.Caller(ctx).Person)
			out := &ownPhotoOutput{}
			out.Body.Photo = p
			return out, err
		})
	web.Handle(a, web.Op{ID: "remove-photo", Method: http.MethodDelete, Path: "/v1/practitioners/me/photo",
		Summary: "Show no photo any more", Tag: tagRegister, Roles: doctor, Command: true,
		Status: http.StatusNoContent},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, svc.TakePhotoBack(ctx, web.Command(ctx, "practitioners.photo-remove"), web.Caller(ctx).Person)
		})
	web.Handle(a, web.Op{ID: "list-photos", Method: http.MethodGet, Path: "/v1/admin/photos",
		Summary: "Photos of the own organisation's doctors that wait for a decision", Tag: web.Administration,
		Roles: web.AdminOnly},
		func(ctx context.Context, _ *struct{}) (*photosOutput, error) {
			list, err := svc.Photos(ctx, web.Caller(ctx).Org)
			out := &photosOutput{}
			out.Body.Photos = list
			return out, err
		})
	web.Handle(a, web.Op{ID: "decide-photo", Method: http.MethodPost,
		Path:    "/v1/admin/practitioners/{person}/photo",
		Summary: "Show a doctor's photo, or refuse it", Tag: web.Administration, Roles: web.AdminOnly, Command: true,
		Status: http.StatusNoContent, Codes: []string{"registration-state"}},
		func(ctx context.Context, in *decidePhotoInput) (*struct{}, error) {
			return nil, svc.DecidePhoto(ctx, web.Command(ctx, "practitioners.photo-decide"), web.Caller(ctx), in.Person,
				in.Body.Digest, in.Body.Show)
		})
	web.Handle(a, web.Op{ID: "get-photo", Method: http.MethodGet, Path: "/v1/doctors/{person}/photo/{digest}",
		Summary: "A doctor's photo", Tag: tagRegister, Media: "image/*"},
		func(ctx context.Context, in *shownPhotoInput) (*shownPhotoOutput, error) {
			body, err := svc.ShownPhoto(ctx, in.Person, in.Digest)
			return &shownPhotoOutput{ContentType: picture.JPEG, CacheControl: photoCache, Body: body}, err
		})
}
