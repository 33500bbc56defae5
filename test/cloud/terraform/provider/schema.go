package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Modes of an attribute, as scripts/cloud/provider/extract-schema.mjs writes them.
const (
	required         = "required"
	optional         = "optional"
	optionalComputed = "optional+computed"
	computed         = "computed"
)

type attribute struct {
	Type   json.RawMessage `json:"type"`
	Mode   string          `json:"mode"`
	Values []string        `json:"values"` // documented values; empty for any
}

func (a attribute) filledIn() bool { return a.Mode == computed || a.Mode == optionalComputed }

type nestedBlock struct {
	Nesting string `json:"nesting"`
	Min     int64  `json:"min"`
	Max     int64  `json:"max"` // 0 for any number
	Block   block  `json:"block"`
}

type block struct {
	Attributes map[string]attribute   `json:"attributes"`
	Blocks     map[string]nestedBlock `json:"blocks"`
}

type providerSchema struct {
	Version   string           `json:"version"`
	Provider  block            `json:"provider"`
	Resources map[string]block `json:"resources"`
	Data      map[string]block `json:"data"`
}

func loadSchema(path string) (*providerSchema, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	schema := &providerSchema{}
	return schema, json.NewDecoder(text).Decode(schema)
}

func protoSchemas(blocks map[string]block) (map[string]*tfprotov5.Schema, error) {
	schemas := make(map[string]*tfprotov5.Schema, len(blocks))
	for name, b := range blocks {
		proto, err := b.proto()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		schemas[name] = &tfprotov5.Schema{Block: proto}
	}
	return schemas, nil
}

func (b block) proto() (*tfprotov5.SchemaBlock, error) {
	out := &tfprotov5.SchemaBlock{}
	for _, name := range sortedKeys(b.Attributes) {
		a := b.Attributes[name]
		kind, err := tftypes.ParseJSONType(a.Type) //nolint:staticcheck // the only reader of types that there is
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out.Attributes = append(out.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: kind, Required: a.Mode == required,
			Optional: a.Mode == optional || a.Mode == optionalComputed, Computed: a.filledIn(),
		})
	}
	for _, name := range sortedKeys(b.Blocks) {
		nested, err := b.Blocks[name].proto(name)
		if err != nil {
			return nil, err
		}
		out.BlockTypes = append(out.BlockTypes, nested)
	}
	return out, nil
}

func (n nestedBlock) proto(name string) (*tfprotov5.SchemaNestedBlock, error) {
	inner, err := n.Block.proto()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	out := &tfprotov5.SchemaNestedBlock{TypeName: name, MinItems: n.Min, MaxItems: n.Max, Block: inner}
	switch n.Nesting {
	case "single":
		out.Nesting, out.MinItems, out.MaxItems = tfprotov5.SchemaNestedBlockNestingModeSingle, 0, 0
	case "set":
		out.Nesting = tfprotov5.SchemaNestedBlockNestingModeSet
	default:
		out.Nesting = tfprotov5.SchemaNestedBlockNestingModeList
	}
	return out, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
