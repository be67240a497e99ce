;; Products of float64 matrices in panels of four columns.
;;
;; Multiplication and addition are rounded apart (WebAssembly has no fused one), and each entry is summed in the order of r:
;; the bits are those of the plain triple loop, on every machine.
(module
  (memory (export "memory") 1)

  ;; C[4I + i][4J + j] += Σ_r A_I[r][i]·B_J[r][j] for all panels I < rows and J < columns; where `upper`, J ≥ I only.
  ;; A panel is `depth` rows of four numbers; a row of C is `stride` bytes long. Addresses are in bytes.
  (func (export "accumulate")
    (param $a i32) (param $b i32) (param $c i32)
    (param $rows i32) (param $columns i32) (param $depth i32) (param $stride i32) (param $upper i32)
    (local $i i32) (local $j i32) (local $pa i32) (local $pb i32) (local $end i32) (local $panel i32)
    (local $c0 i32) (local $c1 i32) (local $c2 i32) (local $c3 i32)
    (local $s00 v128) (local $s01 v128) (local $s10 v128) (local $s11 v128)
    (local $s20 v128) (local $s21 v128) (local $s30 v128) (local $s31 v128)
    (local $b0 v128) (local $b1 v128) (local $x v128)
    (local.set $panel (i32.shl (local.get $depth) (i32.const 5)))
    (block $done
      (loop $nextRow
        (br_if $done (i32.ge_u (local.get $i) (local.get $rows)))
        (local.set $j (select (local.get $i) (i32.const 0) (local.get $upper)))
        (block $rowDone
          (loop $nextColumn
            (br_if $rowDone (i32.ge_u (local.get $j) (local.get $columns)))
            (local.set $pa (i32.add (local.get $a) (i32.mul (local.get $i) (local.get $panel))))
            (local.set $pb (i32.add (local.get $b) (i32.mul (local.get $j) (local.get $panel))))
            (local.set $end (i32.add (local.get $pa) (local.get $panel)))
            (local.set $c0 (i32.add (local.get $c)
              (i32.add (i32.mul (i32.shl (local.get $i) (i32.const 2)) (local.get $stride))
                       (i32.shl (local.get $j) (i32.const 5)))))
            (local.set $c1 (i32.add (local.get $c0) (local.get $stride)))
            (local.set $c2 (i32.add (local.get $c1) (local.get $stride)))
            (local.set $c3 (i32.add (local.get $c2) (local.get $stride)))
            (local.set $s00 (v128.load (local.get $c0)))
            (local.set $s01 (v128.load offset=16 (local.get $c0)))
            (local.set $s10 (v128.load (local.get $c1)))
            (local.set $s11 (v128.load offset=16 (local.get $c1)))
            (local.set $s20 (v128.load (local.get $c2)))
            (local.set $s21 (v128.load offset=16 (local.get $c2)))
            (local.set $s30 (v128.load (local.get $c3)))
            (local.set $s31 (v128.load offset=16 (local.get $c3)))
            (block $summed
              (loop $next
                (br_if $summed (i32.ge_u (local.get $pa) (local.get $end)))
                (local.set $b0 (v128.load (local.get $pb)))
                (local.set $b1 (v128.load offset=16 (local.get $pb)))
                (local.set $x (v128.load64_splat (local.get $pa)))
                (local.set $s00 (f64x2.add (local.get $s00) (f64x2.mul (local.get $x) (local.get $b0))))
                (local.set $s01 (f64x2.add (local.get $s01) (f64x2.mul (local.get $x) (local.get $b1))))
                (local.set $x (v128.load64_splat offset=8 (local.get $pa)))
                (local.set $s10 (f64x2.add (local.get $s10) (f64x2.mul (local.get $x) (local.get $b0))))
                (local.set $s11 (f64x2.add (local.get $s11) (f64x2.mul (local.get $x) (local.get $b1))))
                (local.set $x (v128.load64_splat offset=16 (local.get $pa)))
                (local.set $s20 (f64x2.add (local.get $s20) (f64x2.mul (local.get $x) (local.get $b0))))
                (local.set $s21 (f64x2.add (local.get $s21) (f64x2.mul (local.get $x) (local.get $b1))))
                (local.set $x (v128.load64_splat offset=24 (local.get $pa)))
                (local.set $s30 (f64x2.add (local.get $s30) (f64x2.mul (local.get $x) (local.get $b0))))
                (local.set $s31 (f64x2.add (local.get $s31) (f64x2.mul (local.get $x) (local.get $b1))))
                (local.set $pa (i32.add (local.get $pa) (i32.const 32)))
                (local.set $pb (i32.add (local.get $pb) (i32.const 32)))
                (br $next)))
            (v128.store (local.get $c0) (local.get $s00))
            (v128.store offset=16 (local.get $c0) (local.get $s01))
            (v128.store (local.get $c1) (local.get $s10))
            (v128.store offset=16 (local.get $c1) (local.get $s11))
            (v128.store (local.get $c2) (local.get $s20))
            (v128.store offset=16 (local.get $c2) (local.get $s21))
            (v128.store (local.get $c3) (local.get $s30))
            (v128.store offset=16 (local.get $c3) (local.get $s31))
            (local.set $j (i32.add (local.get $j) (i32.const 1)))
            (br $nextColumn)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $nextRow)))))
