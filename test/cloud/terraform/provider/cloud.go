package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// cloud is what has been created: a JSON file from "{type} {id}" to the resource, in the form that Terraform sends it.
// Each of the two providers has a file of its own, and Terraform runs one process of each at a time.
type cloud struct {
	path string // empty: nothing is kept
	lock sync.Mutex
}

func openCloud(folder, provider string) *cloud {
	if folder == "" {
		return &cloud{}
	}
	return &cloud{path: filepath.Join(folder, provider+".json")}
}

// read gives the resources that there are to f.
func (c *cloud) read(f func(map[string][]byte) error) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	resources, err := c.load()
	if err != nil {
		return err
	}
	return f(resources)
}

// change gives the resources that there are to f, and keeps what f has left of them. Without a file it does nothing.
func (c *cloud) change(f func(map[string][]byte) error) error {
	if !c.keeps() {
		return nil
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	resources, err := c.load()
	if err != nil {
		return err
	}
	if err := f(resources); err != nil {
		return err
	}
	text, err := json.MarshalIndent(resources, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(c.path, text, 0o600)
}

func (c *cloud) load() (map[string][]byte, error) {
	resources := map[string][]byte{}
	text, err := os.ReadFile(c.path)
	if errors.Is(err, os.ErrNotExist) {
		return resources, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &resources)
	}
	return resources, err
}

// keeps tells whether there is a cloud at all.
func (c *cloud) keeps() bool { return c.path != "" }
