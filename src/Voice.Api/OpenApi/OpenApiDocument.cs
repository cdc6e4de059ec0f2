using Microsoft.OpenApi;
using Voice.Application.Recordings;

namespace Voice.Api.OpenApi;

/// <summary>The description of the API that <c>/swagger</c> shows.</summary>
internal static class OpenApiDocument
{
    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddSwaggerGen(swagger =>
    {
        swagger.SwaggerDoc("v1", new OpenApiInfo
        {
            Title = "Voice API",
            Version = ProductVersion.Text,
            Description = "Turns a recorded phone agreement into something people can rely on: create a conference, follow its recording, "
                + "use the result. HEAD is answered wherever GET is.",
        });
        foreach (var assembly in new[] { typeof(OpenApiDocument).Assembly, typeof(GetRecordingStatus).Assembly })
            swagger.IncludeXmlComments(assembly, includeControllerXmlComments: true);
        foreach (var (name, scheme) in SecuritySchemes.All) swagger.AddSecurityDefinition(name, scheme);
        swagger.SupportNonNullableReferenceTypes();
        swagger.OperationFilter<DocumentedAnswers>();
    });
}
