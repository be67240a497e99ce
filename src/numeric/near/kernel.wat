;; Which pairs of rows of 16-bit whole numbers are at most a distance apart: ‖a − b‖² = ‖a‖² + ‖b‖² − 2·a·b, in whole numbers, so
;; that no order of summation matters.
;;
;; A panel holds four rows: for each two columns, the two entries of each of the rows (16 bytes). Far rows are far in the first
;; half of their columns as a rule, and the other half is then not looked at.
(module
  (memory (export "memory") 1)

  ;; Compares the four rows of panel `row` with those of panels from … to − 1. For each of these with a pair at squared distance
  ;; ≤ limit its number (i32) goes to `found` and 16 bytes to `masks`: byte 4q + r is not 0 where row q of panel `row` and row r of
  ;; the other are such a pair. Returns how many panels that are. `norms` are the rows' squared lengths (i32), `halves` those of
  ;; their first `half` bytes; a panel is `size` bytes long.
  (func (export "compare")
    (param $panels i32) (param $size i32) (param $half i32) (param $norms i32) (param $halves i32)
    (param $row i32) (param $from i32) (param $to i32) (param $limit i32) (param $masks i32) (param $found i32)
    (result i32)
    (local $j i32) (local $pa i32) (local $pb i32) (local $first i32) (local $end i32) (local $count i32)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128) (local $y v128) (local $n v128)
    (local $m0 v128) (local $m1 v128) (local $m2 v128) (local $m3 v128) (local $most v128)
    (local.set $most (i32x4.splat (local.get $limit)))
    (local.set $first (i32.add (local.get $panels) (i32.mul (local.get $row) (local.get $size))))
    (local.set $j (i32.sub (local.get $from) (i32.const 1)))
    (block $done
      (loop $next
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br_if $done (i32.ge_u (local.get $j) (local.get $to)))
        (local.set $pa (local.get $first))
        (local.set $end (i32.add (local.get $first) (local.get $half)))
        (local.set $pb (i32.add (local.get $panels) (i32.mul (local.get $j) (local.get $size))))
        (local.set $s0 (v128.const i32x4 0 0 0 0))
        (local.set $s1 (v128.const i32x4 0 0 0 0))
        (local.set $s2 (v128.const i32x4 0 0 0 0))
        (local.set $s3 (v128.const i32x4 0 0 0 0))
        (loop $begin
          (local.set $y (v128.load (local.get $pb)))
          (local.set $s0 (i32x4.add (local.get $s0)
            (i32x4.dot_i16x8_s (v128.load32_splat (local.get $pa)) (local.get $y))))
          (local.set $s1 (i32x4.add (local.get $s1)
            (i32x4.dot_i16x8_s (v128.load32_splat offset=4 (local.get $pa)) (local.get $y))))
          (local.set $s2 (i32x4.add (local.get $s2)
            (i32x4.dot_i16x8_s (v128.load32_splat offset=8 (local.get $pa)) (local.get $y))))
          (local.set $s3 (i32x4.add (local.get $s3)
            (i32x4.dot_i16x8_s (v128.load32_splat offset=12 (local.get $pa)) (local.get $y))))
          (local.set $pa (i32.add (local.get $pa) (i32.const 16)))
          (local.set $pb (i32.add (local.get $pb) (i32.const 16)))
          (br_if $begin (i32.lt_u (local.get $pa) (local.get $end))))
        (local.set $n (v128.load (i32.add (local.get $halves) (i32.shl (local.get $j) (i32.const 4)))))
        (local.set $m0 (i32x4.le_s
          (i32x4.sub
            (i32x4.add (local.get $n)
              (v128.load32_splat (i32.add (local.get $halves) (i32.shl (local.get $row) (i32.const 4)))))
            (i32x4.shl (local.get $s0) (i32.const 1)))
          (local.get $most)))
        (local.set $m1 (i32x4.le_s
          (i32x4.sub
            (i32x4.add (local.get $n)
              (v128.load32_splat offset=4 (i32.add (local.get $halves) (i32.shl (local.get $row) (i32.const 4)))))
            (i32x4.shl (local.get $s1) (i32.const 1)))
          (local.get $most)))
        (local.set $m2 (i32x4.le_s
          (i32x4.sub
            (i32x4.add (local.get $n)
              (v128.load32_splat offset=8 (i32.add (local.get $halves) (i32.shl (local.get $row) (i32.const 4)))))
            (i32x4.shl (local.get $s2) (i32.const 1)))
          (local.get $most)))
        (local.set $m3 (i32x4.le_s
          (i32x4.sub
            (i32x4.add (local.get $n)
              (v128.load32_splat offset=12 (i32.add (local.get $halves) (i32.shl (local.get $row) (i32.const 4)))))
            (i32x4.shl (local.get $s3) (i32.const 1)))
          (local.get $most)))
        (br_if $next (i32.eqz (v128.any_true (v128.or
          (v128.or (local.get $m0) (local.get $m1)) (v128.or (local.get $m2) (local.get $m3))))))
        (local.set $end (i32.add (local.get $first) (local.get $size)))
        (loop $rest
          (local.set $y (v128.load (local.get $pb)))
          (local.set $s0 (i32x4.add (local.get $s0)
            (i32x4.dot_i16x8_s (v128.load32_splat (local.get $pa)) (local.get $y))))
          (local.set $s1 (i32x4.add (local.get $s1)
            (i32x4.dot_i16x8_s (v128.load32_splat offset=4 (local.get $pa)) (local.get $y))))
          (local.set $s2 (i32x4.add (local.get $s2)
            (i32x4.dot_i16x8_s (v128.load32_splat offset=8 (local.get $pa)) (local.get $y))))
          (local.set $s3 (i32x4.add (local.get $s3)
            (i32x4.dot_i16x8_s (v128.load32_splat offset=12 (local.get $pa)) (local.get $y))))
          (local.set $pa (i32.add (local.get $pa) (i32.const 16)))
          (local.set $pb (i32.add (local.get $pb) (i32.const 16)))
          (br_if $rest (i32.lt_u (local.get $pa) (local.get $end))))
        (local.set $n (v128.load (i32.add (local.get $norms) (i32.shl (local.get $j) (i32.const 4)))))
        (local.set $m0 (i32x4.le_s
          (i32x4.sub
            (i32x4.add (local.get $n)
              (v128.load32_splat (i32.add (local.get $norms) (i32.shl (local.get $row) (i32.const 4)))))
            (i32x4.shl (local.get $s0) (i32.const 1)))
          (local.get $most)))
        (local.set $m1 (i32x4.le_s
          (i32x4.sub
            (i32x4.add (local.get $n)
              (v128.load32_splat offset=4 (i32.add (local.get $norms) (i32.shl (local.get $row) (i32.const 4)))))
            (i32x4.shl (local.get $s1) (i32.const 1)))
          (local.get $most)))
        (local.set $m2 (i32x4.le_s
          (i32x4.sub
            (i32x4.add (local.get $n)
              (v128.load32_splat offset=8 (i32.add (local.get $norms) (i32.shl (local.get $row) (i32.const 4)))))
            (i32x4.shl (local.get $s2) (i32.const 1)))
          (local.get $most)))
        (local.set $m3 (i32x4.le_s
          (i32x4.sub
            (i32x4.add (local.get $n)
              (v128.load32_splat offset=12 (i32.add (local.get $norms) (i32.shl (local.get $row) (i32.const 4)))))
            (i32x4.shl (local.get $s3) (i32.const 1)))
          (local.get $most)))
        (local.set $y (i8x16.narrow_i16x8_s
          (i16x8.narrow_i32x4_s (local.get $m0) (local.get $m1))
          (i16x8.narrow_i32x4_s (local.get $m2) (local.get $m3))))
        (br_if $next (i32.eqz (v128.any_true (local.get $y))))
        (v128.store (i32.add (local.get $masks) (i32.shl (local.get $count) (i32.const 4))) (local.get $y))
        (i32.store (i32.add (local.get $found) (i32.shl (local.get $count) (i32.const 2))) (local.get $j))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br $next)))
    (local.get $count)))
