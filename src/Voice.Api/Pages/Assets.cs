using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Voice.Api.Pages;

/// <summary>
/// The console's style and scripts, out of the assembly itself. Their address holds a digest of them all, so that a
/// browser may keep them for ever.
/// </summary>
internal static class Assets
{
    private static readonly EmbeddedFileProvider Files = new(typeof(Assets).Assembly, "Voice.Api.wwwroot");

    /// <summary>The digest in their address, <c>/assets/3f2a…/console.css</c>.</summary>
    public static string Version { get; } = Digest();

    public static void UseConsoleAssets(this WebApplication app)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".js"] = "text/javascript; charset=utf-8";
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = $"/assets/{Version}",
            FileProvider = Files,
            ContentTypeProvider = types,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
        });
    }

    private static string Digest()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files.GetDirectoryContents("").OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            using var content = file.CreateReadStream();
            digest.AppendData(SHA256.HashData(content));
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, 8));
    }
}
