pragma circom 2.2.0;

/**
 * ZeroFlag: flag = [in = 0].
 *
 * @input in any field element
 * @input inverse 1/in, or anything where in = 0
 * @input flag the claimed answer
 * @enforces flag = 1 where in = 0, else flag = 0
 * @cost 2
 */
template ZeroFlag() {
    signal input in;
    signal input inverse;
    signal input flag;

    in * inverse === 1 - flag;
    in * flag === 0;
}
