namespace Voice.Api.OpenApi;

internal static class OpenApiDocument
{
    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddSwaggerGen();
}
