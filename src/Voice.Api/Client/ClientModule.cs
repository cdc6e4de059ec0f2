using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Voice.Api.Client;

/// <summary>Serves the client's package for browsers and Node under <c>/client</c>, out of the assembly itself.</summary>
internal static class ClientModule
{
    public static void UseClientModule(this WebApplication app)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".ts"] = "text/plain; charset=utf-8"; // By default a film format.
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = "/client",
            FileProvider = new EmbeddedFileProvider(typeof(ClientModule).Assembly, typeof(ClientModule).Namespace),
            ContentTypeProvider = types,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
