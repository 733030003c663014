/* Trains one network by a library for Node.js, as often as asked, and says how long that took.
 *
 * node peers.js FOLDER LIBRARY: the first line of input is the network and its data as JSON, each line after it
 * a number of epochs. Each is answered by the seconds that one epoch took.
 */
"use strict";
const path = require("path");
const readline = require("readline");

const [folder, library] = process.argv.slice(2);
const loaded = require(path.join(folder, "node_modules", library));

const libraries = {
  convnetjs({ sizes, classifies, inputs, targets, order, batch, rate }) {
    const columns = sizes.slice(1, -1).map((units) => (
      { type: "fc", num_neurons: units, activation: classifies ? "relu" : "tanh" }
    ));
    const last = sizes[sizes.length - 1];
    const output = classifies
      ? { type: "softmax", num_classes: last } : { type: "regression", num_neurons: last };
    const net = new loaded.Net();
    net.makeLayers([{ type: "input", out_sx: 1, out_sy: 1, out_depth: sizes[0] }, ...columns, output]);
    const trainer = new loaded.SGDTrainer(net, {
      method: "sgd", learning_rate: rate, momentum: 0, batch_size: batch, l1_decay: 0, l2_decay: 0,
    });
    const examples = inputs.map((numbers) => new loaded.Vol(numbers));
    const wanted = classifies ? targets.map((shares) => shares.indexOf(1)) : targets;
    return () => {
      for (const k of order) trainer.train(examples[k], wanted[k]);
    };
  },

  synaptic({ sizes, classifies, inputs, targets, order, rate }) {
    const net = new loaded.Architect.Perceptron(...sizes);
    const { TANH, RELU, LOGISTIC } = loaded.Neuron.squash;
    net.layers.hidden.forEach((layer) => layer.set({ squash: classifies ? RELU : TANH }));
    net.layers.output.set({ squash: classifies ? LOGISTIC : TANH });
    return () => {
      for (const k of order) {
        net.activate(inputs[k]);
        net.propagate(rate, targets[k]);
      }
    };
  },
};

let epoch = null;
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  if (epoch === null) {
    epoch = libraries[library](JSON.parse(line));
    return;
  }
  const epochs = Number(line);
  const began = process.hrtime.bigint();
  for (let k = 0; k < epochs; k++) epoch();
  console.log(Number(process.hrtime.bigint() - began) / 1e9 / epochs);
});
