using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.OpenApi;
using Voice.Application.Contracts;
using Voice.Application.Recordings;

namespace Voice.Api.OpenApi;

/// <summary>The description of the API that <c>/swagger</c> shows.</summary>
internal static class OpenApiDocument
{
    /// <summary>The group of the routes that the provider calls and nobody else needs.</summary>
    public const string Provider = "Provider";

    // The page has its icons in data addresses, and one style sheet in itself, which this digest of it admits.
    private const string PagePolicy = "default-src 'none'; script-src 'self'; "
        + "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddSwaggerGen(swagger =>
    {
        swagger.SwaggerDoc("v1", new OpenApiInfo
        {
            Title = "Voice API",
            Version = ProductVersion.Text,
            Description = "Turns a recorded phone agreement into something people can rely on: create a conference, follow its recording, "
                + "use the result. HEAD is answered wherever GET is.",
            License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
        });
        foreach (var assembly in new[] { typeof(OpenApiDocument).Assembly, typeof(GetRecordingStatus).Assembly })
            swagger.IncludeXmlComments(assembly, includeControllerXmlComments: true);
        foreach (var (name, scheme) in SecuritySchemes.All) swagger.AddSecurityDefinition(name, scheme);
        swagger.CustomOperationIds(route =>
            JsonNamingPolicy.CamelCase.ConvertName(((ControllerActionDescriptor)route.ActionDescriptor).ActionName));
        // The door with the secret in its path is the same one again.
        swagger.DocInclusionPredicate((_, route) => !route.RelativePath!.EndsWith("/{token}", StringComparison.Ordinal));
        swagger.SupportNonNullableReferenceTypes();
        swagger.UseAllOfToExtendReferenceSchemas(); // So that a body that is a member can be null.
        swagger.MapType<AudioFile>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" });
        swagger.MapType<object>(() => new OpenApiSchema
        {
            OneOf = [new OpenApiSchema { Type = JsonSchemaType.Number }, new OpenApiSchema { Type = JsonSchemaType.String }],
        });
        swagger.SchemaFilter<DocumentedMembers>();
        swagger.ParameterFilter<DocumentedParameters>();
        swagger.OperationFilter<DocumentedAnswers>();
    });

    /// <summary>Serves the document and the page that shows it. Nothing on the page comes from another host.</summary>
    public static void UseOpenApiDocument(this WebApplication app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/swagger"), pages =>
        {
            pages.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = PagePolicy;
                return next(context);
            });
            var own = app.Services.GetRequiredService<OwnAddress>();
            pages.UseSwagger(swagger => swagger.PreSerializeFilters.Add((document, request) =>
            {
                document.Servers = [new OpenApiServer { Url = own.ShownTo(request) }];
                document.Tags!.Single(tag => tag.Name == Provider).Description = "Provider: what it reports; nobody else sends this.";
            }));
            pages.UseSwaggerUI(ui =>
            {
                ui.DocumentTitle = "Voice API";
                ui.SwaggerEndpoint("v1/swagger.json", "Voice API");
                ui.EnablePersistAuthorization();
                ui.EnableTryItOutByDefault();
                ui.EnableDeepLinking();
                ui.DisplayRequestDuration();
                ui.DefaultModelsExpandDepth(0);
            });
        });
}
