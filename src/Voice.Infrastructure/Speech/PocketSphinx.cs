using System.Runtime.InteropServices;

namespace Voice.Infrastructure.Speech;

/// <summary>The functions of Debian's libpocketsphinx3 (5prealpha) that are used here.</summary>
internal static partial class PocketSphinx
{
    public const string Library = "libpocketsphinx.so.3";
    private const string Base = "libsphinxbase.so.3";

    [LibraryImport(Library)]
    public static partial nint ps_args();

    [LibraryImport(Base, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint cmd_ln_parse_r(nint previous, nint definitions, int count, string[] arguments, int strict);

    [LibraryImport(Library)]
    public static partial nint ps_init(nint config);

    [LibraryImport(Library)]
    public static partial nint ps_get_logmath(nint decoder);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ps_add_word(nint decoder, string word, string phones, int update);

    [LibraryImport(Base, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ngram_model_read(nint config, string file, int type, nint logmath);

    [LibraryImport(Base, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ngram_model_set_init(nint config, nint[] models, string[] names, float[] weights, int count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ps_set_lm(nint decoder, string name, nint model);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ps_set_search(nint decoder, string name);

    [LibraryImport(Library)]
    public static partial int ps_start_utt(nint decoder);

    [LibraryImport(Library)]
    public static partial int ps_process_raw(nint decoder, short[] samples, nuint count, int noSearch, int wholeUtterance);

    [LibraryImport(Library)]
    public static partial int ps_end_utt(nint decoder);

    [LibraryImport(Library)]
    public static partial nint ps_seg_iter(nint decoder);

    [LibraryImport(Library)]
    public static partial nint ps_seg_next(nint segment);

    [LibraryImport(Library)]
    public static partial nint ps_seg_word(nint segment);

    [LibraryImport(Library)]
    public static partial void ps_seg_frames(nint segment, out int first, out int last);

    [LibraryImport(Library)]
    public static partial int ps_seg_prob(nint segment, nint acoustic, nint language, nint backoff);

    [LibraryImport(Base)]
    public static partial double logmath_exp(nint logmath, int value);
}
