import type { CommandModule } from 'yargs';

interface ExportArguments {
  readonly folder: string;
  readonly out: string;
}

export const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export <folder>',
  describe: 'write an autoencoder or LSTM as ONNX, for runtimes in other languages',
  builder: (yargs) =>
    yargs
      .positional('folder', { type: 'string', describe: 'model folder' })
      .demandOption('folder')
      .option('out', { type: 'string', demandOption: true, describe: 'file to write, such as model.onnx' })
      .epilogue(
        'Input rows and output scores are float64; NaN is missing. Names and units of the features are among its metadata.',
      )
      .example('$0 model export autoencoder --out model.onnx', 'scores within rounding of our own') as never,
  handler: async ({ folder, out }) => {
    const { exportOnnx } = await import('../../export-onnx.js');
    const { id, bytes } = exportOnnx(folder, out);
    process.stderr.write(`vitals: ${id} is in ${out} (${bytes} bytes)\n`);
  },
};
