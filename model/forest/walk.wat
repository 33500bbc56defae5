;; Walks rows through the trees of a forest, four rows at a time: what walk.ts calls.
;;
;; A row is at a node of each tree in turn: 1 is the root, 2n and 2n + 1 are below n (compile.ts). Going down is a shift and the
;; outcome of a comparison, without a branch that could be mispredicted; four rows that do not wait for each other hide the
;; latency of loads; and memory of a fixed place needs no check of an index, which is what the same loop in JavaScript pays for.
;;
;; A node has 16 bytes: the threshold (f64), then 8 times the feature (i32). A path length has 8 (f64), of the last level's nodes.
;; Rows and lengths need room for up to three more rows than there are.
(module
  (import "forest" "memory" (memory 0))
  (func (export "addPathLengths")
    (param $trees i32) ;; how many; at least 1
    (param $slots i32) ;; nodes a tree: 2^depth
    (param $depth i32) ;; levels of splits; at least 1
    (param $nodes i32) ;; where the nodes are, tree by tree
    (param $paths i32) ;; where the path lengths are, tree by tree
    (param $rows i32) ;; where the rows are
    (param $row_bytes i32) ;; from a row to the next
    (param $count i32) ;; rows; at least 1
    (param $lengths i32) ;; where the sums of path lengths are: added to
    (local $row i32) (local $length i32) (local $end i32) (local $level i32) (local $leaves i32)
    (local $row0 i32) (local $row1 i32) (local $row2 i32) (local $row3 i32)
    (local $node0 i32) (local $node1 i32) (local $node2 i32) (local $node3 i32)
    (local $at0 i32) (local $at1 i32) (local $at2 i32) (local $at3 i32)
    (local.set $end (i32.add (local.get $lengths) (i32.shl (local.get $count) (i32.const 3))))
    (loop $tree
      ;; The nodes of the last level have the numbers from $slots on.
      (local.set $leaves (i32.sub (local.get $paths) (i32.shl (local.get $slots) (i32.const 3))))
      (local.set $row (local.get $rows))
      (local.set $length (local.get $lengths))
      (loop $four
        (local.set $row0 (local.get $row))
        (local.set $row1 (i32.add (local.get $row0) (local.get $row_bytes)))
        (local.set $row2 (i32.add (local.get $row1) (local.get $row_bytes)))
        (local.set $row3 (i32.add (local.get $row2) (local.get $row_bytes)))
        (local.set $node0 (i32.const 1))
        (local.set $node1 (i32.const 1))
        (local.set $node2 (i32.const 1))
        (local.set $node3 (i32.const 1))
        (local.set $level (local.get $depth))
        (loop $down
          (local.set $at0 (i32.add (local.get $nodes) (i32.shl (local.get $node0) (i32.const 4))))
          (local.set $at1 (i32.add (local.get $nodes) (i32.shl (local.get $node1) (i32.const 4))))
          (local.set $at2 (i32.add (local.get $nodes) (i32.shl (local.get $node2) (i32.const 4))))
          (local.set $at3 (i32.add (local.get $nodes) (i32.shl (local.get $node3) (i32.const 4))))
          (local.set $node0 (i32.add (i32.shl (local.get $node0) (i32.const 1)) (f64.ge
            (f64.load (i32.add (local.get $row0) (i32.load offset=8 (local.get $at0)))) (f64.load (local.get $at0)))))
          (local.set $node1 (i32.add (i32.shl (local.get $node1) (i32.const 1)) (f64.ge
            (f64.load (i32.add (local.get $row1) (i32.load offset=8 (local.get $at1)))) (f64.load (local.get $at1)))))
          (local.set $node2 (i32.add (i32.shl (local.get $node2) (i32.const 1)) (f64.ge
            (f64.load (i32.add (local.get $row2) (i32.load offset=8 (local.get $at2)))) (f64.load (local.get $at2)))))
          (local.set $node3 (i32.add (i32.shl (local.get $node3) (i32.const 1)) (f64.ge
            (f64.load (i32.add (local.get $row3) (i32.load offset=8 (local.get $at3)))) (f64.load (local.get $at3)))))
          (br_if $down (local.tee $level (i32.sub (local.get $level) (i32.const 1)))))
        (f64.store offset=0 (local.get $length) (f64.add (f64.load offset=0 (local.get $length))
          (f64.load (i32.add (local.get $leaves) (i32.shl (local.get $node0) (i32.const 3))))))
        (f64.store offset=8 (local.get $length) (f64.add (f64.load offset=8 (local.get $length))
          (f64.load (i32.add (local.get $leaves) (i32.shl (local.get $node1) (i32.const 3))))))
        (f64.store offset=16 (local.get $length) (f64.add (f64.load offset=16 (local.get $length))
          (f64.load (i32.add (local.get $leaves) (i32.shl (local.get $node2) (i32.const 3))))))
        (f64.store offset=24 (local.get $length) (f64.add (f64.load offset=24 (local.get $length))
          (f64.load (i32.add (local.get $leaves) (i32.shl (local.get $node3) (i32.const 3))))))
        (local.set $row (i32.add (local.get $row3) (local.get $row_bytes)))
        (br_if $four (i32.lt_u (local.tee $length (i32.add (local.get $length) (i32.const 32))) (local.get $end))))
      (local.set $nodes (i32.add (local.get $nodes) (i32.shl (local.get $slots) (i32.const 4))))
      (local.set $paths (i32.add (local.get $paths) (i32.shl (local.get $slots) (i32.const 3))))
      (br_if $tree (local.tee $trees (i32.sub (local.get $trees) (i32.const 1)))))))
