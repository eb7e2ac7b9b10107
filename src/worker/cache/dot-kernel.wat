;; Dot products of one int16 query with the int8 rows named by a list of slots.
;;
;; Query in int16, not int8: i32x4.dot_i16x8_s takes it as it is, so the finer query costs nothing
;; (and is faster on x86 than widening both sides). Two rows at a time share each query load; four
;; are slower once the rows no longer fit the CPU cache. Rebuild with scripts/build-kernel.mjs.
(module
  (memory (export "memory") 1)

  ;; query:  int16, shape (stride)
  ;; stride: bytes from one row to the next, a multiple of 16
  ;; rows:   address of slot 0
  ;; slots:  uint32, shape (count), rounded up to an even length with any valid slot
  ;; dots:   int32 out, shape (count), rounded up to an even length
  ;; count:  at least 1
  (func (export "dot")
    (param $query i32) (param $stride i32) (param $rows i32)
    (param $slots i32) (param $dots i32) (param $count i32)
    (local $end i32) (local $offset i32) (local $q i32)
    (local $row0 i32) (local $row1 i32)
    (local $low v128) (local $high v128)
    (local $sum0 v128) (local $sum1 v128)

    (local.set $end
      (i32.add (local.get $slots) (i32.shl (local.get $count) (i32.const 2))))

    (loop $pairs
      (local.set $row0
        (i32.add (local.get $rows) (i32.mul (i32.load (local.get $slots)) (local.get $stride))))
      (local.set $row1
        (i32.add
          (local.get $rows)
          (i32.mul (i32.load offset=4 (local.get $slots)) (local.get $stride))))
      (local.set $sum0 (v128.const i32x4 0 0 0 0))
      (local.set $sum1 (v128.const i32x4 0 0 0 0))
      (local.set $offset (i32.const 0))

      (loop $components
        (local.set $q
          (i32.add (local.get $query) (i32.shl (local.get $offset) (i32.const 1))))
        (local.set $low (v128.load (local.get $q)))
        (local.set $high (v128.load offset=16 (local.get $q)))
        (local.set $sum0
          (i32x4.add
            (local.get $sum0)
            (i32x4.add
              (i32x4.dot_i16x8_s
                (v128.load8x8_s (i32.add (local.get $row0) (local.get $offset)))
                (local.get $low))
              (i32x4.dot_i16x8_s
                (v128.load8x8_s offset=8 (i32.add (local.get $row0) (local.get $offset)))
                (local.get $high)))))
        (local.set $sum1
          (i32x4.add
            (local.get $sum1)
            (i32x4.add
              (i32x4.dot_i16x8_s
                (v128.load8x8_s (i32.add (local.get $row1) (local.get $offset)))
                (local.get $low))
              (i32x4.dot_i16x8_s
                (v128.load8x8_s offset=8 (i32.add (local.get $row1) (local.get $offset)))
                (local.get $high)))))
        (local.set $offset (i32.add (local.get $offset) (i32.const 16)))
        (br_if $components (i32.lt_u (local.get $offset) (local.get $stride))))

      (i32.store (local.get $dots)
        (i32.add
          (i32.add
            (i32x4.extract_lane 0 (local.get $sum0))
            (i32x4.extract_lane 1 (local.get $sum0)))
          (i32.add
            (i32x4.extract_lane 2 (local.get $sum0))
            (i32x4.extract_lane 3 (local.get $sum0)))))
      (i32.store offset=4 (local.get $dots)
        (i32.add
          (i32.add
            (i32x4.extract_lane 0 (local.get $sum1))
            (i32x4.extract_lane 1 (local.get $sum1)))
          (i32.add
            (i32x4.extract_lane 2 (local.get $sum1))
            (i32x4.extract_lane 3 (local.get $sum1)))))
      (local.set $dots (i32.add (local.get $dots) (i32.const 8)))
      (local.set $slots (i32.add (local.get $slots) (i32.const 8)))
      (br_if $pairs (i32.lt_u (local.get $slots) (local.get $end)))))
)
