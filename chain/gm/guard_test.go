package gm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	moduleRoot = "../.."
	tjfocPath  = "github.com/tjfoc/gmsm/"
	emmansPath = "github.com/emmansun/gmsm/"
	keys       = "chain/gm"
	certs      = "chain/gm/pki"
)

// allowed is everything of the two libraries that a package may name, package by package; every
// other package of the program may name nothing. A list of the good is safer than one of the bad:
// whatever is added must be looked at. It contains nothing of the never-call list, among others
// sm2.Decrypt, Compress, Decompress, KeyExchange*, SignDataToSignDigit, sm3.New, sm4.SetIV,
// Sm4Cbc/Ecb/GCM, *Hex, ParseSm2PublicKey, every password-protected key function, PKCS #7 and #12,
// Certificate.Verify, CreateCRL and gmtls, all of tjfoc.
var allowed = map[string]map[string][]string{
	keys: {
		tjfocPath + "sm2": {"GenerateKey", "Sm2Sign", "Sm2Verify", "SignDigitToSignData", "EncryptAsn1", "P256Sm2",
			"PublicKey", "PrivateKey", "Curve", "X", "Y", "D"},
		tjfocPath + "sm3": {"Sm3Sum"},
		tjfocPath + "sm4": {"NewCipher"},
		tjfocPath + "x509": {"MarshalSm2PublicKey", "MarshalSm2UnecryptedPrivateKey",
			"ParsePKCS8UnecryptedPrivateKey"},
		emmansPath + "sm2": {"P256", "NewPublicKey", "NewPrivateKey", "PrivateKey", "PrivateKey.Sign",
			"NewSM2SignerOption", "VerifyASN1WithSM2", "VerifyASN1", "Decrypt", "CalculateZA", "CalculateSM2Hash"},
		emmansPath + "sm3": {"New", "Sum"},
		emmansPath + "sm4": {"NewCipher"},
	},
	certs: {
		tjfocPath + "x509": {"ParseCertificate", "SerialNumber"},
		emmansPath + "sm2": {"NewPublicKey"},
	},
}

// forbiddenMethods are reached through standard interfaces, where the libraries' names do not show:
// tjfoc's point arithmetic is wrong, its Decrypt and Sign break the contracts of crypto.Decrypter
// and crypto.Signer.
var forbiddenMethods = []string{"crypto/elliptic.Curve.Add", "crypto/elliptic.Curve.Double",
	"crypto/elliptic.Curve.ScalarMult",
	"crypto/elliptic.Curve.ScalarBaseMult", "crypto.Decrypter.Decrypt", "crypto.Signer.Sign"}

func TestOnlyTheseTwoPackagesImportTheLibraries(t *testing.T) {
	files := 0
	err := filepath.WalkDir(moduleRoot, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && path != moduleRoot ||
			entry.Name() == "node_modules"):
			return filepath.SkipDir
		case filepath.Ext(path) != ".go":
			return nil
		}
		files++
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		_, inside := allowed[strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), moduleRoot+"/")]
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			library := strings.HasPrefix(imported+"/", tjfocPath) || strings.HasPrefix(imported+"/", emmansPath)
			if library && !inside {
				t.Errorf("%s imports %s; only %s and %s may", path, imported, keys, certs)
			}
		}
		return nil
	})
	if err != nil || files < 10 {
		t.Fatalf("%d files looked at: %v", files, err)
	}
}

func TestOnlyAllowedCallsIntoTheLibraries(t *testing.T) {
	for folder, names := range allowed {
		t.Run(folder, func(t *testing.T) { checkCalls(t, folder, names) })
	}
}

func checkCalls(t *testing.T, folder string, allowed map[string][]string) {
	used := map[string]bool{}
	for at, object := range usedObjects(t, folder) {
		if receiver := receiverName(object); receiver != "" &&
			slices.Contains(forbiddenMethods, receiver+"."+object.Name()) {
			t.Errorf("%s: %s.%s must not be called", at, receiver, object.Name())
		}
		path := object.Pkg().Path()
		if !strings.HasPrefix(path, tjfocPath) && !strings.HasPrefix(path, emmansPath) || path == emmansPath+"smx509" {
			continue
		}
		name := object.Name()
		if receiver := receiverName(object); receiver != "" {
			name = strings.TrimPrefix(receiver, path+".") + "." + name
		}
		if !slices.Contains(allowed[path], name) {
			t.Errorf("%s: %s.%s is not on the list of what may be used", at, path, name)
		}
		used[path+"."+name] = true
	}
	for path, names := range allowed {
		for _, name := range names {
			if !used[path+"."+name] {
				t.Errorf("%s.%s is allowed but not used: take it off the list", path, name)
			}
		}
	}
}

// receiverName is "package.Type" for a method, "" for anything else.
func receiverName(object types.Object) string {
	function, ok := object.(*types.Func)
	if !ok || function.Signature().Recv() == nil {
		return ""
	}
	receiver := function.Signature().Recv().Type()
	if pointer, ok := receiver.(*types.Pointer); ok {
		receiver = pointer.Elem()
	}
	return types.TypeString(receiver, nil)
}

// usedObjects type-checks a package without its tests and returns every object of another package
// that it names.
func usedObjects(t *testing.T, folder string) map[string]types.Object {
	t.Helper()
	dir := filepath.Join(moduleRoot, folder)
	exports := exportFiles(t, dir)
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range goFiles(t, dir) {
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})}
	checked, err := config.Check("github.com/smart-hospital/hospital/"+folder, set, files, info)
	if err != nil {
		t.Fatal(err)
	}
	objects := map[string]types.Object{}
	for ident, object := range info.Uses {
		if object.Pkg() != nil && object.Pkg() != checked {
			objects[set.Position(ident.Pos()).String()] = object
		}
	}
	return objects
}

func goFiles(t *testing.T, dir string) (names []string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		if !strings.HasSuffix(name, "_test.go") {
			names = append(names, name)
		}
	}
	return names
}

// exportFiles asks the go command for the compiled interface of every package that one needs.
func exportFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	command := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export", ".")
	command.Dir = dir
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(fmt.Errorf("go list: %w: %s", err, stderr.String()))
	}
	exports := map[string]string{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ ImportPath, Export string }
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return exports
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
	}
}
